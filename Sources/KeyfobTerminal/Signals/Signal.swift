#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The signals that end or suspend a command at a person's wish.
public enum Signal: Sendable, Hashable, CaseIterable {
    /// SIGINT: Ctrl+C.
    case interrupt
    /// SIGTERM: asked to end.
    case terminate
    /// SIGHUP: the terminal is gone.
    case hangUp
    /// SIGQUIT: Ctrl+\.
    case quit
    /// SIGTSTP: Ctrl+Z.
    case suspend

    /// The system's number.
    public var number: Int32 {
        switch self {
        case .interrupt: SIGINT
        case .terminate: SIGTERM
        case .hangUp: SIGHUP
        case .quit: SIGQUIT
        case .suspend: SIGTSTP
        }
    }

    /// The exit code by which shells know a command that a signal ended: 128 and the number, thus 130 for Ctrl+C.
    public var exitCode: Int32 { 128 + number }

    init?(number: Int32) {
        guard let signal = Self.allCases.first(where: { $0.number == number }) else { return nil }
        self = signal
    }
}
