import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// What a person approved: everything that tokens are made from.
struct ApprovedGrant {
    let client: Client
    let account: Account
    let scopes: Scopes
    let nonce: String?
    let signedInAt: Date
    let requester: Requester
}

extension AuthorizationServer {
    /// Opens a session for an approved grant and mints its first tokens, in the running transaction.
    func openSession(
        _ grant: ApprovedGrant, at now: Date, _ connection: any SQLConnection
    ) throws -> (id: String, reply: TokenReply) {
        let id = random.identifier()
        let refresh = grant.client.settings.grants.contains(.refreshToken) ? RefreshToken.first(random) : nil
        // Without a refresh token the session is over when its only access token is; clean-up goes by that.
        let life = refresh == nil ? grant.client.settings.accessToken.life : policy.refreshTokenLife
        try connection.execute(
            """
            INSERT INTO sessions (id, account_id, client_id, scope, state, signed_in_at, created_at, address, agent,
                device, family, generation, refresh_hash, refresh_expires_at)
            VALUES ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $9, $10, 1, $11, $12)
            """,
            [
                .text(id), .text(grant.account.id), .text(grant.client.id), .text(grant.scopes.description),
                SQLValue(grant.signedInAt), SQLValue(now), SQLValue(grant.requester.address),
                SQLValue(grant.requester.agent), SQLValue(grant.requester.device),
                SQLValue(refresh.flatMap { RefreshToken($0)?.family }), SQLValue(refresh.map(TokenFormat.hash)),
                life.map { SQLValue(now, plus: $0) } ?? .null,
            ]
        )
        let event = AuditEvent(
            .sessionOpened, account: grant.account.id, client: grant.client.id, session: id,
            address: grant.requester.address
        )
        try connection.record(event, at: now, random)
        var reply = try mintTokens(grant, session: id, at: now, connection)
        reply.refreshToken = refresh
        return (id, reply)
    }

    /// Mints an access token, and an ID token where `openid` was granted.
    func mintTokens(
        _ grant: ApprovedGrant, session: String, at now: Date, _ connection: any SQLConnection
    ) throws -> TokenReply {
        var reply: TokenReply
        switch grant.client.settings.accessToken {
        case .jwt(let life):
            reply = try signedToken(grant, session: session, life: life, at: now)
        case .opaque(let format, let life):
            let token = format.make(random)
            try connection.execute(
                """
                INSERT INTO access_tokens (hash, id, session_id, scope, created_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    .text(TokenFormat.hash(token)), .text(random.identifier()), .text(session),
                    .text(grant.scopes.description), SQLValue(now),
                    life.map { SQLValue(now, plus: $0) } ?? .null,
                ]
            )
            reply = TokenReply(accessToken: token, expiresIn: life)
        }
        reply.scope = grant.scopes
        if grant.scopes.contains("openid") {
            reply.idToken = try identityToken(grant, accessToken: reply.accessToken, at: now)
        }
        return reply
    }

    /// Signs an access token that lives some seconds.
    func signedToken(_ grant: ApprovedGrant, session: String, life: Int, at now: Date) throws -> TokenReply {
        let claims = AccessTokenClaims(
            issuer: issuer, subject: grant.account.id, audience: issuer, clientID: grant.client.id,
            expiresAt: now.seconds + life, issuedAt: now.seconds, authenticatedAt: grant.signedInAt.seconds,
            tokenID: random.identifier(), scope: grant.scopes, sessionID: session
        )
        let token = try JSONWebToken.sign(claims, as: .access, with: signingKeys.current)
        return TokenReply(accessToken: token, expiresIn: life)
    }

    private func identityToken(_ grant: ApprovedGrant, accessToken: String, at now: Date) throws -> String {
        let hash = Array(SHA256.hash(data: Data(accessToken.utf8)))
        let account = grant.account
        let showsProfile = grant.scopes.contains("profile")
        let claims = IdentityClaims(
            issuer: issuer, subject: account.id, audience: grant.client.id,
            expiresAt: now.seconds + policy.idTokenLife, issuedAt: now.seconds,
            authenticatedAt: grant.signedInAt.seconds, nonce: grant.nonce,
            accessTokenHash: Base64URL.encode(hash.prefix(16)),
            name: showsProfile ? account.name : nil, preferredUsername: showsProfile ? account.username : nil,
            email: grant.scopes.contains("email") ? account.email : nil
        )
        return try JSONWebToken.sign(claims, as: .identity, with: signingKeys.current)
    }
}
