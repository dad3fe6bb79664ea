/// What a command's exit code says, the same in every tool.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case done = 0
    /// Failed, timed out, or the request expired.
    case failed = 1
    /// Wrong usage.
    case usage = 2
    /// Not signed in, or the token expired or was revoked.
    case notSignedIn = 4
    /// Denied.
    case denied = 5
    /// The server or the network is unreachable.
    case unreachable = 6
    /// Ctrl+C.
    case interrupted = 130
}
