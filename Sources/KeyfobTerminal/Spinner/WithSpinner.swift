extension Terminal {
    /// Shows that something is going on while `body` runs.
    ///
    /// On a terminal a sign turns before the message, and the line is cleared at the end: what shall stay there is the
    /// caller's to write. Elsewhere the message is written once, as a line. Ctrl+C, SIGTERM and Ctrl+Z leave an empty
    /// line and a visible cursor behind.
    ///
    /// - Parameters:
    ///   - message: What is going on, in one line.
    ///   - stream: Where to show it; standard error by default.
    ///   - style: The look of the sign; cyan by default.
    ///   - clock: What the frames are timed by; 80 milliseconds each.
    ///   - body: What is going on.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws.
    public func withSpinner<Result, Failure: Error>(
        _ message: String,
        on stream: Stream = .error,
        style: Style = .cyan,
        clock: some Clock<Duration> = ContinuousClock(),
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard movesCursor(on: stream) else {
            write(message + "\n", to: stream)
            return try await body()
        }
        let spinner = Spinner(message, on: stream, of: self, style: style)
        let watcher = SignalRegistry.shared.add(
            SignalRegistry.Watcher(signals: Set(Signal.allCases), isFinal: false) { _, _ in
                spinner.pause()
            } resumed: {
                spinner.resume()
            }
        )
        defer {
            spinner.end()
            SignalRegistry.shared.remove(watcher)
        }
        return try await Self.turning(spinner, clock, body)
    }

    // The child task is cancelled and waited for where its scope ends, so that no frame comes after the line is cleared.
    private static func turning<Result, Failure: Error>(
        _ spinner: Spinner,
        _ clock: some Clock<Duration>,
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        async let _: Void = spinner.turn(by: clock)
        return try await body()
    }
}
