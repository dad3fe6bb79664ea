import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// What becomes of a redemption: thrown errors would undo the revocation that a replay causes.
    private enum CodeOutcome: Sendable {
        case minted(TokenReply)
        case refused
    }

    /// What a client presents to redeem a code
    /// ([RFC 6749 section 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3)).
    package struct CodeRedemption: Sendable {
        /// The code.
        package let code: String
        /// The redirect URI of the authorization request.
        package let redirectURI: String
        /// The PKCE verifier.
        package let verifier: String
        /// What a repeat of this very request will carry.
        package let idempotencyKey: String?

        /// Makes a redemption.
        package init(code: String, redirectURI: String, verifier: String, idempotencyKey: String? = nil) {
            self.code = code
            self.redirectURI = redirectURI
            self.verifier = verifier
            self.idempotencyKey = idempotencyKey
        }
    }

    /// Redeems an authorization code, once.
    ///
    /// A replay ends the session that the code bought, unless the code's own client repeats itself within seconds.
    ///
    /// - Throws: ``ServerError`` with `invalid_grant` or `unauthorized_client`.
    package func redeem(_ redemption: CodeRedemption, client: Client) async throws -> TokenReply {
        try client.require(.authorizationCode)
        let refusal = ServerError.oauth(
            .invalidGrant, "the code is unknown, expired, used, or does not fit redirect_uri, code_verifier and client"
        )
        guard Self.authorizationCodeFormat.accepts(redemption.code), PKCE.isVerifier(redemption.verifier)
        else { throw refusal }
        let now = now()
        let outcome = try await database.write { connection -> CodeOutcome in
            try redeem(redemption, client, at: now, connection)
        }
        guard case .minted(let reply) = outcome else { throw refusal }
        return reply
    }

    private func redeem(
        _ redemption: CodeRedemption, _ client: Client, at now: Date, _ connection: any SQLConnection
    ) throws -> CodeOutcome {
        let hash = TokenFormat.hash(redemption.code)
        // The one statement that decides; the challenge in it is PKCE's proof.
        let row = try connection.first(
            """
            UPDATE authorization_codes SET state = 'redeemed', redeemed_at = $5
            WHERE hash = $1 AND client_id = $2 AND redirect_uri = $3 AND challenge = $4 AND state = 'issued'
                AND expires_at > $5
                AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = account_id AND a.state = 'active')
                AND EXISTS (SELECT 1 FROM clients c WHERE c.id = client_id AND c.state = 'active')
            RETURNING account_id, scope, nonce, signed_in_at, address, agent
            """,
            [
                .text(hash), .text(client.id), .text(redemption.redirectURI),
                .text(PKCE.challenge(for: redemption.verifier)), SQLValue(now),
            ]
        )
        guard let row, let account = try Account.find(try row.text("account_id"), connection) else {
            return try judgeRepeat(redemption, client, at: now, connection)
        }
        let grant = ApprovedGrant(
            client: client, account: account, scopes: try row.scopes("scope"), nonce: try row.optionalText("nonce"),
            signedInAt: try row.date("signed_in_at"),
            requester: Requester(address: try row.optionalText("address"), agent: try row.optionalText("agent"))
        )
        let (session, reply) = try openSession(grant, at: now, connection)
        try connection.execute(
            "UPDATE authorization_codes SET session_id = $2 WHERE hash = $1", [.text(hash), .text(session)]
        )
        try connection.keepReply(
            reply, to: redemption.code, key: redemption.idempotencyKey, session: session, at: now,
            life: policy.replyLife
        )
        return .minted(reply)
    }

    private func judgeRepeat(
        _ redemption: CodeRedemption, _ client: Client, at now: Date, _ connection: any SQLConnection
    ) throws -> CodeOutcome {
        let row = try connection.first(
            """
            SELECT client_id, challenge, redirect_uri, redeemed_at, session_id FROM authorization_codes
            WHERE hash = $1 AND state = 'redeemed'
            """,
            [.text(TokenFormat.hash(redemption.code))]
        )
        guard let row, let session = try row.optionalText("session_id") else { return .refused }
        let isOwnRepeat =
            try row.text("client_id") == client.id
            && row.text("challenge") == PKCE.challenge(for: redemption.verifier)
        if isOwnRepeat {
            if try row.text("redirect_uri") == redemption.redirectURI,
                let reply = try connection.keptReply(to: redemption.code, key: redemption.idempotencyKey, at: now)
            {
                return .minted(reply)
            }
            let grace = Int64(policy.codeRepeatGrace) * 1000
            if try now.milliseconds < row.date("redeemed_at").milliseconds + grace { return .refused }
        }
        try connection.record(AuditEvent(.codeReplayed, client: client.id, session: session), at: now, random)
        try connection.endSession(session, because: .codeReplayed, at: now, random)
        return .refused
    }
}
