#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The three streams of a command, and what is known of them.
///
/// It holds descriptors and facts only, so it can be made of a pseudo-terminal as well. The descriptors stay open, and
/// are not closed by it.
public struct Terminal: Sendable {
    /// A stream that is written to.
    public enum Stream: Sendable {
        /// Standard output: what a program may read.
        case output
        /// Standard error: what people read.
        case error
    }

    /// Whether a person can type.
    public let inputIsTerminal: Bool
    /// Whether standard output goes to a terminal.
    public let outputIsTerminal: Bool
    /// Whether standard error goes to a terminal.
    public let errorIsTerminal: Bool

    let input: Int32
    let output: Int32
    let error: Int32
    private let environment: [String: String]

    /// Makes a terminal of open descriptors.
    ///
    /// From then on the process ignores SIGPIPE, so that a closed pipe is an error of a write and no sudden death.
    ///
    /// - Parameters:
    ///   - input: Where lines are read from.
    ///   - output: Where ``write(_:)`` writes.
    ///   - error: Where ``writeError(_:)``, prompts and spinners write.
    ///   - environment: Read for `NO_COLOR`, `TERM` and `COLUMNS`.
    public init(input: Int32, output: Int32, error: Int32, environment: [String: String]) {
        signal(SIGPIPE, SIG_IGN)
        self.input = input
        self.output = output
        self.error = error
        self.environment = environment
        inputIsTerminal = isatty(input) == 1
        outputIsTerminal = isatty(output) == 1
        errorIsTerminal = isatty(error) == 1
    }

    /// Makes the terminal of this process's standard streams; the first thing that a command should do.
    ///
    /// A stream that was closed before the process began is an error of each use from then on. Otherwise the next file
    /// to be opened would get its number, and our output.
    ///
    /// - Parameter environment: Read for `NO_COLOR`, `TERM` and `COLUMNS`.
    /// - Returns: The terminal.
    public static func standard(environment: [String: String]) -> Terminal {
        // Each opened the wrong way round; open takes the lowest number that is free.
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", mode)
        }
        return Terminal(input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO, environment: environment)
    }

    /// Whether a stream goes to a terminal.
    public func isTerminal(_ stream: Stream) -> Bool {
        switch stream {
        case .output: outputIsTerminal
        case .error: errorIsTerminal
        }
    }

    /// Whether colour is wanted on standard output.
    public var usesColor: Bool { usesColor(on: .output) }

    /// Whether colour is wanted on a stream: it is a terminal, not a dumb one, and `NO_COLOR` is not set.
    public func usesColor(on stream: Stream) -> Bool {
        movesCursor(on: stream) && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Whether the stream understands cursor movements, as an animation needs them.
    func movesCursor(on stream: Stream) -> Bool {
        isTerminal(stream) && environment["TERM"] != "dumb"
    }

    /// How many columns a line has: of standard output, else standard error, else `COLUMNS`, else 80.
    public var width: Int {
        for descriptor in [output, error] {
            var size = winsize()
            if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        }
        return environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? 80
    }

    func descriptor(of stream: Stream) -> Int32 {
        switch stream {
        case .output: output
        case .error: error
        }
    }
}
