import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// The person's side: the session that entered the code, and no other, may decide
/// ([RFC 8628 section 5.4](https://www.rfc-editor.org/rfc/rfc8628#section-5.4)).
extension AuthorizationServer {
    private static let gone = ServerError(
        .noLongerPending, "this request was decided already, has expired, or was entered in another window"
    )

    /// Takes the code that a person typed, and binds the request to the person's browser session.
    ///
    /// - Returns: The request, to be shown.
    /// - Throws: ``ServerError`` with `.unknownUserCode`, the same for an unknown, expired and decided code;
    ///   `.throttled`.
    package func enterUserCode(
        _ typed: String, session: BrowserSession, from requester: Requester
    ) async throws -> DeviceAuthorization {
        let now = now()
        let throttles = throttles("code:\(session.hash)", limit: policy.userCodeAttempts, from: requester)
        let code = UserCode(typed: typed)
        let found = try await database.write { connection -> DeviceAuthorization? in
            try Throttle.take(throttles, window: policy.attemptWindow, at: now, connection)
            if let code, let request = try Self.bind(code, to: session, at: now, connection) {
                try Throttle.giveBack(throttles, connection)
                return request
            }
            let event = AuditEvent(.userCodeUnknown, account: session.account.id, address: requester.address)
            try connection.record(event, at: now, random)
            return nil
        }
        guard let found else {
            throw ServerError(.unknownUserCode, "this code is not known, has expired, or was used already")
        }
        return found
    }

    private static func bind(
        _ code: UserCode, to session: BrowserSession, at now: Date, _ connection: any SQLConnection
    ) throws -> DeviceAuthorization? {
        let row = try connection.first(
            """
            UPDATE device_authorizations SET browser_session = $2
            WHERE user_code = $1 AND state = 'pending' AND expires_at > $3
            RETURNING hash, user_code, client_id, scope, state, created_at, expires_at, address, agent, device
            """,
            [.text(code.normalized), .text(session.hash), SQLValue(now)]
        )
        return try row.flatMap { try request($0, connection) }
    }

    /// The request that a session entered, while it can still be decided.
    ///
    /// - Throws: ``ServerError`` with `.noLongerPending`.
    package func enteredRequest(_ hash: String, session: BrowserSession) async throws -> DeviceAuthorization {
        let now = now()
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT hash, user_code, client_id, scope, state, created_at, expires_at, address, agent, device
                FROM device_authorizations
                WHERE hash = $1 AND browser_session = $2 AND state = 'pending' AND expires_at > $3
                """,
                [.text(hash), .text(session.hash), SQLValue(now)]
            )
            guard let row, let request = try Self.request(row, connection) else { throw Self.gone }
            return request
        }
    }

    /// The request that a session decided before; `nil` if it decided none of that name.
    package func decidedRequest(_ hash: String, session: BrowserSession) async throws -> DeviceAuthorization? {
        try await database.read { connection in
            let row = try connection.first(
                """
                SELECT hash, user_code, client_id, scope, state, created_at, expires_at, address, agent, device
                FROM device_authorizations WHERE hash = $1 AND browser_session = $2 AND state <> 'pending'
                """,
                [.text(hash), .text(session.hash)]
            )
            return try row.flatMap { try Self.request($0, connection) }
        }
    }

    /// Approves or denies a request, once.
    ///
    /// - Throws: ``ServerError`` with `.noLongerPending`.
    package func decide(
        _ request: DeviceAuthorization, approve: Bool, session: BrowserSession, from requester: Requester
    ) async throws {
        let now = now()
        try await database.write { connection in
            let row = try connection.first(
                """
                UPDATE device_authorizations SET state = $4, account_id = $5, signed_in_at = $6, decided_at = $3
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
                approve ? .deviceApproved : .deviceDenied, account: session.account.id, client: request.client.id,
                address: requester.address
            )
            try connection.record(event, at: now, random)
        }
    }

    private static func request(_ row: SQLRow, _ connection: any SQLConnection) throws -> DeviceAuthorization? {
        guard let client = try Client.find(try row.text("client_id"), connection), client.state == .active
        else { return nil }
        return try DeviceAuthorization(row, client: client)
    }
}
