import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// The person's side: the session that claimed the request last, and no other, may decide.
extension AuthorizationServer {
    private static let gone = ServerError(
        .noLongerPending, "this request was decided already, has expired, or was opened in another window"
    )

    /// The request of a link's id, in whatever state it is; nothing changes.
    ///
    /// - Parameters:
    ///   - id: The text in the link.
    ///   - clientID: The client whose page the link leads to.
    /// - Returns: The request; `nil` if the text is no id of ours, or of another client, or forgotten.
    /// - Throws: `SQLError`.
    package func browserRequest(_ id: String, clientID: String) async throws -> BrowserRequest? {
        guard BrowserRequest.idFormat.accepts(id) else { return nil }
        let now = now()
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT hash, code, client_id, scope, state, created_at, expires_at, address, agent, device
                FROM browser_requests WHERE hash = $1 AND client_id = $2
                """,
                [.text(TokenFormat.hash(id)), .text(clientID)]
            )
            return try row.flatMap { try BrowserRequest.read($0, at: now, connection) }
        }
    }

    /// Binds a request to the browser session that brought its id, and takes it from any other session.
    ///
    /// - Parameters:
    ///   - id: The text in the link.
    ///   - code: What the person typed; `nil` where the page asked for no code.
    ///   - session: Who brings the id.
    ///   - requester: From where.
    /// - Returns: The request, to be decided by this session.
    /// - Throws: ``ServerError`` with `.unknownUserCode` if the code is not this request's; `.noLongerPending` if the
    ///   request can't be claimed without a code; `.throttled`.
    package func claimBrowserRequest(
        _ id: String, code: String? = nil, session: BrowserSession, from requester: Requester
    ) async throws -> BrowserRequest {
        guard BrowserRequest.idFormat.accepts(id) else { throw Self.gone }
        let now = now()
        guard let code else {
            let claimed = try await database.write { try Self.claim(id, code: "", for: session, at: now, $0) }
            guard let claimed else { throw Self.gone }
            return claimed
        }
        let throttles = throttles("code:\(session.hash)", limit: policy.userCodeAttempts, from: requester)
        let claimed = try await database.write { connection -> BrowserRequest? in
            try Throttle.take(throttles, window: policy.attemptWindow, at: now, connection)
            if let code = UserCode(typed: code)?.normalized,
                let request = try Self.claim(id, code: code, for: session, at: now, connection)
            {
                try Throttle.giveBack(throttles, connection)
                return request
            }
            let event = AuditEvent(.requestCodeUnknown, account: session.account.id, address: requester.address)
            try connection.record(event, at: now, random)
            return nil
        }
        guard let claimed else { throw ServerError(.unknownUserCode, "this code does not belong to this link") }
        return claimed
    }

    private static func claim(
        _ id: String, code: String, for session: BrowserSession, at now: Date, _ connection: any SQLConnection
    ) throws -> BrowserRequest? {
        let row = try connection.first(
            """
            UPDATE browser_requests SET browser_session = $2
            WHERE hash = $1 AND coalesce(code, '') = $3 AND state = 'pending' AND expires_at > $4
            RETURNING hash, code, client_id, scope, state, created_at, expires_at, address, agent, device
            """,
            [.text(TokenFormat.hash(id)), .text(session.hash), .text(code), SQLValue(now)]
        )
        return try row.flatMap { try BrowserRequest.read($0, at: now, connection) }
    }

    /// The request that a session claimed, in whatever state it is; `nil` if it claimed none of that name.
    package func claimedBrowserRequest(_ hash: String, session: BrowserSession) async throws -> BrowserRequest? {
        let now = now()
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT hash, code, client_id, scope, state, created_at, expires_at, address, agent, device
                FROM browser_requests WHERE hash = $1 AND browser_session = $2
                """,
                [.text(hash), .text(session.hash)]
            )
            return try row.flatMap { try BrowserRequest.read($0, at: now, connection) }
        }
    }

    /// Approves or denies a request, once.
    ///
    /// - Throws: ``ServerError`` with `.noLongerPending`, also for a session that did not claim the request.
    package func decide(
        _ request: BrowserRequest, approve: Bool, session: BrowserSession, from requester: Requester
    ) async throws {
        let now = now()
        try await database.write { connection in
            let row = try connection.first(
                """
                UPDATE browser_requests SET state = $4, account_id = $5, signed_in_at = $6, decided_at = $3
                WHERE hash = $1 AND browser_session = $2 AND state = 'pending' AND expires_at > $3
                    AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $5 AND a.state = 'active')
                    AND EXISTS (SELECT 1 FROM clients c WHERE c.id = client_id AND c.state = 'active')
                RETURNING hash
                """,
                [
                    .text(request.hash), .text(session.hash), SQLValue(now), .text(approve ? "approved" : "denied"),
                    .text(session.account.id), SQLValue(session.signedInAt),
                ]
            )
            guard row != nil else { throw Self.gone }
            let event = AuditEvent(
                approve ? .requestApproved : .requestDenied, account: session.account.id, client: request.client.id,
                address: requester.address
            )
            try connection.record(event, at: now, random)
        }
    }
}
