import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct SignOutTests {
    private static func service(revocation: Bool = true, userInfo: Bool = true) -> ResolvedService {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.revocationEndpoint = revocation ? "https://a.example/revoke" : nil
        metadata.userInfoEndpoint = userInfo ? "https://a.example/userinfo" : nil
        return ResolvedService(metadata: metadata)
    }

    private static func credential(
        _ origin: Credential.Origin = .login, refresh: String? = "rt"
    ) -> Credential {
        Credential(accessToken: Secret("at"), refreshToken: refresh.map { Secret($0) }, clientID: "c", origin: origin)
    }

    private static func end(
        _ credential: Credential, _ answers: [String: FakeTransport.Answer], service: ResolvedService = service()
    ) async -> (SignOut.Outcome, FakeTransport) {
        let transport = FakeTransport(answers)
        let signOut = SignOut(service: service, client: ClientIdentity(id: "c"), transport: transport)
        return (await signOut.end(credential), transport)
    }

    @Test func `both tokens are revoked, and the server is seen to refuse`() async {
        let (outcome, transport) = await Self.end(
            Self.credential(),
            ["/revoke": { _ in .json("") }, "/userinfo": { _ in .json(#"{"error":"invalid_token"}"#, status: 401) }])
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let revoked = transport.calls.prefix(2).map { $0.form[name: "token"] }
        #expect(revoked == ["rt", "at"])
        #expect(transport.calls.count == 3)
    }

    @Test func `a pasted token is never revoked`() async {
        let (outcome, transport) = await Self.end(Self.credential(.pasted), [:])
        guard case .notOurs = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(transport.calls.isEmpty)
    }

    @Test func `a server that goes on accepting the token is not called ended`() async {
        let (outcome, _) = await Self.end(
            Self.credential(), ["/revoke": { _ in .json("") }, "/userinfo": { _ in .json(#"{"sub":"1"}"#) }])
        guard case .remains = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `an unreachable server leaves the token alive, and that is said`() async {
        let (outcome, _) = await Self.end(Self.credential(), ["/revoke": { _ in .down() }])
        guard case .remains(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.code == .unreachable)
    }

    @Test func `without a way to ask, an accepted revocation is enough`() async {
        let (outcome, _) = await Self.end(
            Self.credential(), ["/revoke": { _ in .json("") }], service: Self.service(userInfo: false))
        guard case .revoked = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `a server without the endpoint, or with 404 behind it, has no revocation`() async {
        let (without, _) = await Self.end(Self.credential(), [:], service: Self.service(revocation: false))
        let (missing, _) = await Self.end(Self.credential(), ["/revoke": { _ in .page(status: 404) }])
        for outcome in [without, missing] {
            guard case .noRevocation = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    // RFC 7009 section 2.2.1.
    @Test func `a server that revokes refresh tokens only is content`() async {
        let (outcome, _) = await Self.end(
            Self.credential(),
            [
                "/revoke": { call in
                    call.form[name: "token"] == "rt"
                        ? .json("") : .json(#"{"error":"unsupported_token_type"}"#, status: 400)
                },
                "/userinfo": { _ in .json("{}", status: 401) },
            ])
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }
}
