public import FoundationEssentials
import KeyfobClient
import KeyfobProtocol
import KeyfobTerminal
import KeyfobTransport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
#if canImport(Dispatch)
    import Dispatch
#endif

extension ProductCLI {
    /// Runs the tool in the real world and ends the process; for a synchronous `main`.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - environment: The environment variables.
    ///   - now: The time.
    ///   - random: The system's generator.
    public static func start(
        _ arguments: [String], environment: [String: String], now: @escaping @Sendable () -> Date,
        random: some RandomNumberGenerator & Sendable
    ) -> Never {
        let settings = TransportSettings(
            environment: environment, userAgent: "\(product.name)/\(Version.current)")
        let transport = LiveTransport(settings)
        let context = CommandContext(
            live: environment, transport: transport, now: now, random: RandomBytes(random))
        Task {
            let status = await run(arguments, in: context)
            await transport.close()
            exit(status)
        }
        dispatchMain()
    }
}

extension CommandContext {
    fileprivate init(
        live environment: [String: String], transport: LiveTransport, now: @escaping @Sendable () -> Date,
        random: RandomBytes
    ) {
        let terminal = Terminal.standard(environment: environment)
        let surroundings = Surroundings(environment: environment, terminal: terminal)
        self.init(
            environment: environment, terminal: terminal, surroundings: surroundings, now: now,
            clock: ContinuousClock(), random: random, transport: transport,
            openBrowser: { url in await BrowserLauncher(surroundings.browser, environment: environment).open(url) },
            listen: { product throws(TransportError) in try await RedirectListener.open(product: product) },
            watchesSignals: true)
    }
}
