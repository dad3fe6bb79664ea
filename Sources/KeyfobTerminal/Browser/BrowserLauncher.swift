#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Starts a browser in a session of its own, out of reach of the terminal and of its Ctrl+C.
///
/// No shell is involved, and the address is one argument.
public struct BrowserLauncher: Sendable {
    private let choice: BrowserChoice
    private let environment: [String: String]
    private let grace: Duration

    /// Makes a launcher.
    ///
    /// - Parameters:
    ///   - choice: What ``Surroundings`` found.
    ///   - environment: The browser's environment variables.
    ///   - grace: How long a command that fails is waited for; half a second by default.
    public init(_ choice: BrowserChoice, environment: [String: String], grace: Duration = .milliseconds(500)) {
        self.choice = choice
        self.environment = environment
        self.grace = grace
    }

    /// Opens a page.
    ///
    /// A browser that keeps running is not waited for; a command that ends within the grace decides by its exit code.
    ///
    /// - Parameters:
    ///   - url: An address with `http` or `https`; any other is refused, since programs do other things with it.
    ///   - clock: What the grace is measured by.
    /// - Returns: Whether a browser was launched; if not, ask the person to open the address.
    public func open(_ url: String, clock: some Clock<Duration> = ContinuousClock()) async -> Bool {
        guard case .open(let command) = choice, Self.isWebAddress(url) else { return false }
        let hasPlace = command.dropFirst().contains { $0.contains("%s") }
        let arguments = command.enumerated().map { index, word in
            index == 0 ? word : word.split(separator: "%s", omittingEmptySubsequences: false).joined(separator: url)
        }
        guard let child = DetachedProcess(hasPlace ? arguments : arguments + [url], environment) else { return false }
        let deadline = clock.now.advanced(by: grace)
        while true {
            if let isSuccess = child.outcome() { return isSuccess }
            // Cancelled or not, the browser is on its way.
            guard clock.now < deadline, (try? await clock.sleep(for: .milliseconds(10))) != nil else { return true }
        }
    }

    private static func isWebAddress(_ url: String) -> Bool {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https", url.dropFirst(scheme.count).hasPrefix("://") else { return false }
        // RFC 3986 knows visible ASCII only.
        return url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
