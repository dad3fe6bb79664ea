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
            environment: environment, userAgent: "\(product.name)/\(Version.current) (\(Machine.system))")
        let context = CommandContext(
            live: environment, transport: LiveTransport(settings), now: now, random: RandomBytes(random))
        Task {
            // The transport is not closed first: that would wait for a connection that is still being tried.
            exit(await run(arguments, in: context))
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
            listen: { product, callback throws(TransportError) in
                try await RedirectListener.open(product: product, path: callback.path, ports: callback.ports)
            },
            watchesSignals: true)
        machineName = Machine.name
    }
}

/// What the operating system says of this machine.
private enum Machine {
    /// The host's name without its domain.
    static var name: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return nil }
        let name = text(buffer).prefix { $0 != "." }
        return name.isEmpty ? nil : String(name)
    }

    /// The system and the processor, such as `Linux x86_64`.
    static var system: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "unknown" }
        return withUnsafeBytes(of: names.sysname) { text($0) } + " "
            + withUnsafeBytes(of: names.machine) { text($0) }
    }

    private static func text(_ bytes: some Sequence<CChar>) -> String {
        text(bytes.map { UInt8(bitPattern: $0) })
    }

    private static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
