public import KeyfobProtocol

/// One run of a poll's state machine: waits, polls, and waits again.
struct PollingLoop {
    let polling: DevicePolling
    let transport: any HTTPTransport

    /// Polls until the person has decided or the flow's life ends.
    ///
    /// - Parameters:
    ///   - clock: What measures and waits.
    ///   - poll: Makes one poll.
    /// - Returns: The tokens that the person approved.
    /// - Throws: ``ClientError``, or `CancellationError` when the task is cancelled.
    func run(
        clock: some Clock<Duration>, poll: () throws(ClientError) -> Exchange<DevicePoll>
    ) async throws -> TokenReply {
        let start = clock.now
        var polling = polling
        var step = polling.first()
        while true {
            switch step {
            case .done(let tokens): return tokens
            case .failed(let error): throw error
            case .wait(let pause):
                try await clock.sleep(for: pause)
                let result = await attempt(poll)
                try Task.checkCancellation()
                step = polling.next(after: result, at: start.duration(to: clock.now))
            }
        }
    }

    private func attempt(
        _ poll: () throws(ClientError) -> Exchange<DevicePoll>
    ) async -> Result<DevicePoll, ClientError> {
        do throws(ClientError) {
            return .success(try await transport.perform(poll()))
        } catch {
            return .failure(error)
        }
    }
}

extension DeviceGrant {
    /// Polls until the person has decided or the codes end.
    ///
    /// Network errors and server failures are retried, more slowly, until then.
    ///
    /// - Parameters:
    ///   - reply: The reply that started the flow, just received.
    ///   - limit: The longest time to wait, if less than the codes' life.
    ///   - idempotencyKey: A random key for all polls of this flow: a poll whose reply was lost gets it again.
    ///   - transport: The way to the server.
    ///   - clock: What measures and waits.
    /// - Returns: The tokens that the person approved.
    /// - Throws: ``ClientError`` with ``ClientError/Code/denied``, ``ClientError/Code/expired``, or what a poll said;
    ///   `CancellationError` when the task is cancelled.
    public func tokens(
        for reply: DeviceAuthorizationReply, limit: Duration? = nil, idempotencyKey: String? = nil,
        over transport: any HTTPTransport, clock: some Clock<Duration>
    ) async throws -> TokenReply {
        let loop = PollingLoop(polling: DevicePolling(reply, limit: limit), transport: transport)
        return try await loop.run(clock: clock) { () throws(ClientError) in
            try poll(reply.deviceCode, idempotencyKey: idempotencyKey)
        }
    }
}
