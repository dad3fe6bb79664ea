import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// What a program presents when it asks what became of its request.
package struct BrowserRequestPoll: Sendable {
    /// The request's id.
    package let id: String
    /// The poll's secret, where the wire has one.
    package let secret: String?
    /// The verifier of the challenge, where one was given.
    package let verifier: String?
    /// What a repeat of this very poll will carry, so that a lost reply can be had again.
    package let idempotencyKey: String?

    /// Makes a poll.
    package init(id: String, secret: String? = nil, verifier: String? = nil, idempotencyKey: String? = nil) {
        self.id = id
        self.secret = secret
        self.verifier = verifier
        self.idempotencyKey = idempotencyKey
    }

    /// The hash by which the table knows the secret; empty for none.
    fileprivate var secretHash: String { secret.map(TokenFormat.hash) ?? "" }

    /// The challenge that the verifier proves; empty for none.
    fileprivate var challenge: String { verifier.map(PKCE.challenge(for:)) ?? "" }

    /// Everything that is presented as one text, which the kept reply is sealed under: of the id alone, the browser's
    /// history has a copy.
    fileprivate var presented: String { "\(id) \(secret ?? "") \(verifier ?? "")" }

    /// Whether each part has its form, so that anything else is refused before any look-up.
    fileprivate var isWellFormed: Bool {
        BrowserRequest.idFormat.accepts(id) && secret.map(BrowserRequest.secretFormat.accepts) ?? true
            && verifier.map(PKCE.isVerifier) ?? true
    }
}

/// What became of a request.
package enum BrowserRequestOutcome: Sendable, Hashable {
    /// Nobody has decided yet.
    case pending
    /// A person said yes: the first tokens of a new session, said once.
    case approved(TokenReply)
    /// A person said no, or the account or the client may not sign in any more.
    case denied
    /// Nobody decided in time, or the program came too late for the approval.
    case expired
    /// No such request for whoever presents this: unknown, redeemed, another client's, or without what proves it.
    case unknown
}

extension AuthorizationServer {
    /// Answers a program's poll; an approved request is redeemed by it, once.
    ///
    /// A secret or verifier that the request knows nothing of is refused as a missing one is: otherwise whoever strips
    /// the challenge from the start would go unnoticed ([RFC 9700 section
    /// 4.8.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.8.2)).
    ///
    /// - Parameters:
    ///   - poll: What the program presents.
    ///   - client: The client that polls; it must be the one that asked.
    /// - Returns: What became of the request.
    /// - Throws: ``ServerError`` with `unauthorized_client`; `SQLError`.
    package func pollBrowserRequest(
        _ poll: BrowserRequestPoll, client: Client
    ) async throws -> BrowserRequestOutcome {
        _ = try client.requireBrowserRequests()
        guard poll.isWellFormed else { return .unknown }
        let now = now()
        // Most polls find nothing to redeem, and have no business with the writer.
        let seen = try await database.read { try standing(poll, client, at: now, $0) }
        guard case .redeemable = seen else { return seen.outcome }
        return try await database.write { connection in
            if let reply = try redeemApproved(poll, client, at: now, connection) { return .approved(reply) }
            return try standing(poll, client, at: now, connection).outcome
        }
    }

    /// A request as a poll finds it.
    private enum Standing: Sendable {
        case redeemable
        case settled(BrowserRequestOutcome)

        /// What the poll is told; who may redeem and yet could not is told of the account's or the client's end.
        var outcome: BrowserRequestOutcome {
            switch self {
            case .redeemable: .denied
            case .settled(let outcome): outcome
            }
        }
    }

    private func standing(
        _ poll: BrowserRequestPoll, _ client: Client, at now: Date, _ connection: any SQLConnection
    ) throws -> Standing {
        let row = try connection.first(
            """
            SELECT state, expires_at FROM browser_requests
            WHERE hash = $1 AND client_id = $2 AND coalesce(secret_hash, '') = $3 AND coalesce(challenge, '') = $4
            """,
            [
                .text(TokenFormat.hash(poll.id)), .text(client.id), .text(poll.secretHash), .text(poll.challenge),
            ]
        )
        guard let row else { return .settled(.unknown) }
        let expiry = try row.date("expires_at")
        switch try row.state("state", of: BrowserRequest.State.self) {
        case .pending:
            return .settled(expiry > now ? .pending : .expired)
        case .approved:
            return expiry.milliseconds > lastApproval(at: now) ? .redeemable : .settled(.expired)
        case .denied:
            return .settled(.denied)
        case .redeemed:
            let reply = try connection.keptReply(to: poll.presented, key: poll.idempotencyKey, at: now)
            return .settled(reply.map(BrowserRequestOutcome.approved) ?? .unknown)
        case .expired:
            return .settled(.expired)
        }
    }

    private func redeemApproved(
        _ poll: BrowserRequestPoll, _ client: Client, at now: Date, _ connection: any SQLConnection
    ) throws -> TokenReply? {
        let hash = TokenFormat.hash(poll.id)
        // The one statement that decides; secret and challenge in it are the proof of who polls.
        let row = try connection.first(
            """
            UPDATE browser_requests SET state = 'redeemed'
            WHERE hash = $1 AND client_id = $2 AND coalesce(secret_hash, '') = $3 AND coalesce(challenge, '') = $4
                AND state = 'approved' AND expires_at > $5
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = account_id AND a.state = 'active')
                AND EXISTS (SELECT 1 FROM clients c WHERE c.id = client_id AND c.state = 'active')
            RETURNING account_id, scope, signed_in_at, address, agent, device
            """,
            [
                .text(hash), .text(client.id), .text(poll.secretHash), .text(poll.challenge),
                .integer(lastApproval(at: now)),
            ]
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
            "UPDATE browser_requests SET session_id = $2 WHERE hash = $1", [.text(hash), .text(session)]
        )
        try connection.keepReply(
            reply, to: poll.presented, key: poll.idempotencyKey, session: session, at: now, life: policy.replyLife
        )
        return reply
    }

    /// The expiry up to which an approved request is lost: an approval in the last second must not be in vain.
    private func lastApproval(at now: Date) -> Int64 {
        now.milliseconds - Int64(policy.approvedCodeGrace) * 1000
    }
}
