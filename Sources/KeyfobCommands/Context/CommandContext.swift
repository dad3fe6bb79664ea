public import FoundationEssentials
public import KeyfobClient
public import KeyfobCredentials
import KeyfobKeyring
public import KeyfobProtocol
public import KeyfobSignIn
public import KeyfobTerminal

/// All that a command takes from the world, made once by the composition root, or by a test.
public struct CommandContext: Sendable {
    /// The environment variables.
    public var environment: [String: String]
    /// The terminal.
    public var terminal: Terminal
    /// Where the user is.
    public var surroundings: Surroundings
    /// The time.
    public var now: @Sendable () -> Date
    /// What measures and waits.
    public var clock: any Clock<Duration>
    /// The source of randomness.
    public var random: RandomBytes
    /// The way to the network.
    public var transport: any HTTPTransport
    /// Opens a page; false if no browser was started.
    public var openBrowser: @Sendable (String) async -> Bool
    /// Opens the port that a browser comes back to; gets what its pages call the product, and which ports will do.
    public var listen: @Sendable (String, Product.Callback) async throws(TransportError) -> any RedirectReceiver
    /// The machine's name, which a server may show to who approves; `nil` where it is unknown.
    public var machineName: String?
    /// Whether Ctrl+C and other signals end the command cleanly; false in tests, where they are the process's.
    public var watchesSignals: Bool

    /// Makes a context.
    public init(
        environment: [String: String], terminal: Terminal, surroundings: Surroundings,
        now: @escaping @Sendable () -> Date, clock: any Clock<Duration>, random: RandomBytes,
        transport: any HTTPTransport, openBrowser: @escaping @Sendable (String) async -> Bool,
        listen: @escaping @Sendable (String, Product.Callback) async throws(TransportError) -> any RedirectReceiver,
        watchesSignals: Bool = false
    ) {
        self.environment = environment
        self.terminal = terminal
        self.surroundings = surroundings
        self.now = now
        self.clock = clock
        self.random = random
        self.transport = transport
        self.openBrowser = openBrowser
        self.listen = listen
        self.watchesSignals = watchesSignals
    }

    /// The system's keyring; where a person sits before a display, it may ask to be unlocked, for a minute.
    public var keyring: any SecretStore {
        let canAsk = surroundings.hasDisplay && surroundings.isInteractive
        return Keyring.store(application: "keyfob", unlockPatience: canAsk ? .seconds(60) : .zero)
    }

    /// The context of the command that runs.
    @TaskLocal static var current: CommandContext?

    /// The context of the command that runs.
    ///
    /// - Throws: ``Failure`` for a command that was started without one, which is a mistake in the program.
    static func required() throws(Failure) -> CommandContext {
        guard let current else {
            throw Failure("no_context", "the command was started without a context", exit: .failed)
        }
        return current
    }
}
