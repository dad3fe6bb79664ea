public import FoundationEssentials
public import KeyfobClient
import KeyfobCredentials
public import KeyfobProtocol

/// One sign-in to one service: it asks the server and makes a credential, and shows nothing by itself.
///
/// Each way has two halves, so that the caller can show its screen in between.
public struct SignInFlow: Sendable {
    /// The service.
    public let service: ResolvedService
    /// Who asks.
    public let client: ClientIdentity
    /// What is asked for.
    public let scopes: Scopes
    /// This machine's name, for the page on which the person decides; none by default.
    public var deviceName: String?
    let transport: any HTTPTransport
    let now: @Sendable () -> Date
    let random: RandomBytes

    /// Prepares a sign-in.
    ///
    /// - Parameters:
    ///   - service: The service.
    ///   - client: Who asks.
    ///   - scopes: What is asked for.
    ///   - transport: The way to the server.
    ///   - now: The time.
    ///   - random: The source of state, nonce and verifier.
    public init(
        service: ResolvedService, client: ClientIdentity, scopes: Scopes, transport: any HTTPTransport,
        now: @escaping @Sendable () -> Date, random: RandomBytes
    ) {
        self.service = service
        self.client = client
        self.scopes = scopes
        self.transport = transport
        self.now = now
        self.random = random
    }

    func credential(_ reply: TokenReply, nonce: String?) async throws(ClientError) -> Credential {
        let time = now()
        var credential = Credential(
            accessToken: Secret(reply.accessToken), tokenType: "Bearer",
            refreshToken: reply.refreshToken.map { Secret($0) }, idToken: reply.idToken.map { Secret($0) },
            expiresAt: reply.expiresIn.map { time.addingTimeInterval(TimeInterval($0)) },
            scopes: (reply.scope ?? scopes).names, clientID: client.id, origin: .login, createdAt: time)
        var subject: String?
        if let token = reply.idToken {
            let expectation = IDTokenClaims.Expectation(
                issuer: service.metadata.issuer, clientID: client.id, nonce: nonce, now: time)
            let claims = try IDTokenClaims(token, expecting: expectation)
            (credential.account, subject) = (claims.account, claims.subject)
        }
        // "If they do not match, the UserInfo Response values MUST NOT be used" (OpenID Connect Core section 5.3.2).
        if let info = await userInfo(credential), subject.map({ $0 == info.subject }) ?? true {
            credential.account = info.account
        }
        if credential.account == nil { credential.account = await owner(of: credential)?.account }
        return credential
    }

    // Only a name for people: a server that does not answer here does not fail the sign-in.
    private func userInfo(_ credential: Credential) async -> UserInfoReply? {
        guard let text = service.metadata.userInfoEndpoint,
            let address = try? Endpoint.address(text, for: "user information"),
            let reply = try? await transport.perform(
                UserInfo.ask(with: credential.accessToken.reveal(), at: address),
                limits: HTTPLimits(time: .seconds(5)))
        else { return nil }
        return reply
    }
}

extension UserInfoReply {
    /// What to call the account: the address, the sign-in name, the full name or the identifier, whichever is there.
    public var account: String { email ?? preferredUsername ?? name ?? subject }
}
