import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// What became of a poll: thrown errors would undo the longer interval that `slow_down` brings.
    private enum PollOutcome: Sendable {
        case minted(TokenReply)
        case refused(ServerError)

        static func error(_ code: OAuthErrorCode, _ text: String) -> PollOutcome {
            .refused(.oauth(code, text))
        }
    }

    /// Answers a device's poll ([RFC 8628 sections 3.4 and 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.4)).
    ///
    /// - Parameters:
    ///   - code: The device code.
    ///   - client: The client that polls; it must be the one that asked.
    ///   - idempotencyKey: What a repeat of this very request will carry, so that a lost reply can be had again.
    /// - Returns: The first tokens of a new session.
    /// - Throws: ``ServerError`` with `authorization_pending`, `slow_down`, `access_denied`, `expired_token`,
    ///   `invalid_grant` or `unauthorized_client`.
    package func redeemDeviceCode(
        _ code: String, client: Client, idempotencyKey: String? = nil
    ) async throws -> TokenReply {
        try client.require(.deviceCode)
        guard DeviceAuthorization.codeFormat.accepts(code) else { throw Self.unknownCode }
        let now = now()
        let outcome = try await database.write { connection -> PollOutcome in
            if let reply = try redeemApproved(code, client, idempotencyKey, at: now, connection) {
                return .minted(reply)
            }
            return try explainPoll(code, client, idempotencyKey, at: now, connection)
        }
        switch outcome {
        case .minted(let reply): return reply
        case .refused(let error): throw error
        }
    }

    private static let unknownCode = ServerError.oauth(
        .invalidGrant, "the device code is unknown, used, or another client's"
    )

    private func redeemApproved(
        _ code: String, _ client: Client, _ key: String?, at now: Date, _ connection: any SQLConnection
    ) throws -> TokenReply? {
        let hash = TokenFormat.hash(code)
        // The one statement that decides. An approval in the last second must not be in vain, hence the grace.
        let row = try connection.first(
            """
            UPDATE device_authorizations SET state = 'redeemed'
            WHERE hash = $1 AND client_id = $2 AND state = 'approved' AND expires_at > $3
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = account_id AND a.state = 'active')
                AND EXISTS (SELECT 1 FROM clients c WHERE c.id = client_id AND c.state = 'active')
            RETURNING account_id, scope, signed_in_at, address, agent, device
            """,
            [.text(hash), .text(client.id), .integer(now.milliseconds - Int64(policy.approvedCodeGrace) * 1000)]
        )
        guard let row, let account = try Account.find(try row.text("account_id"), connection) else { return nil }
        let grant = ApprovedGrant(
            client: client, account: account, scopes: try row.scopes("scope"), nonce: nil,
            signedInAt: try row.date("signed_in_at"),
            requester: Requester(
                address: try row.optionalText("address"), agent: try row.optionalText("agent"),
                device: try row.optionalText("device")
            )
        )
        let (session, reply) = try openSession(grant, at: now, connection)
        try connection.execute(
            "UPDATE device_authorizations SET session_id = $2 WHERE hash = $1", [.text(hash), .text(session)]
        )
        try connection.keepReply(
            reply, to: code, key: key, session: session, at: now, life: policy.replyLife
        )
        return reply
    }

    private func explainPoll(
        _ code: String, _ client: Client, _ key: String?, at now: Date, _ connection: any SQLConnection
    ) throws -> PollOutcome {
        let hash = TokenFormat.hash(code)
        let row = try connection.first(
            "SELECT client_id, state, expires_at, poll_interval, polled_at FROM device_authorizations WHERE hash = $1",
            [.text(hash)]
        )
        guard let row, try row.text("client_id") == client.id else { return .refused(Self.unknownCode) }
        let hasExpired = try row.date("expires_at") <= now
        switch try row.state("state", of: DeviceAuthorization.State.self) {
        case .redeemed:
            let reply = try connection.keptReply(to: code, key: key, at: now)
            return reply.map(PollOutcome.minted) ?? .refused(Self.unknownCode)
        case .denied:
            return .error(.accessDenied, "the request was denied")
        case .approved where !hasExpired:
            // Approved, and yet not redeemable: the account or the client was disabled meanwhile.
            return .error(.accessDenied, "the account or the client may not sign in any more")
        case .pending where !hasExpired:
            return try recordPoll(hash, row, at: now, connection)
        case .approved, .pending:
            return .error(.expiredToken, "the device code has expired: start again")
        }
    }

    private func recordPoll(
        _ hash: String, _ row: SQLRow, at now: Date, _ connection: any SQLConnection
    ) throws -> PollOutcome {
        let interval = try row.integer("poll_interval")
        let earliest = try row.optionalDate("polled_at").map {
            $0.milliseconds + interval * 1000 - Int64(policy.pollTolerance)
        }
        let isTooFast = earliest.map { now.milliseconds < $0 } ?? false
        // Only a pending request: a late write of the poll's time never touches a decision.
        try connection.execute(
            """
            UPDATE device_authorizations SET polled_at = $2, poll_interval = $3 WHERE hash = $1 AND state = 'pending'
            """,
            [.text(hash), SQLValue(now), .integer(isTooFast ? interval + 5 : interval)]
        )
        return isTooFast
            ? .error(.slowDown, "polled too fast: wait \(interval + 5) seconds between polls")
            : .error(.authorizationPending, "nobody has decided yet")
    }
}
