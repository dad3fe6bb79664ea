import HTTPTypes
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

    private static let withSessionEnd = ServiceFacts(
        baseURL: "https://a.example", revocationPath: "/revoke", endSessionPath: "/auth/logout", checkPath: "/me")

    @Test func `a service's own end of a session gets the refresh token, and nothing is revoked besides`() async throws
    {
        let (outcome, transport) = await Self.end(
            Self.credential(),
            ["/auth/logout": { _ in .json("{}") }, "/me": { _ in .json("{}", status: 401) }],
            service: try Self.withSessionEnd.located())
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let call = try #require(transport.calls.first)
        #expect(String(decoding: call.body, as: UTF8.self) == #"{"refresh_token":"rt"}"#)
        #expect(call.request.headerFields[.authorization] == "Bearer at")
    }

    @Test func `without a refresh token, or without that end, the token is revoked`() async throws {
        let answers: [String: FakeTransport.Answer] = [
            "/auth/logout": { _ in .page(status: 404) }, "/revoke": { _ in .json("") },
            "/me": { _ in .json("{}", status: 401) },
        ]
        for refresh in [nil, "rt"] {
            let (outcome, _) = await Self.end(
                Self.credential(refresh: refresh), answers, service: try Self.withSessionEnd.located())
            guard case .ended = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    @Test func `an end of the session by the access token alone is asked for where the service has it`() async throws {
        let facts = ServiceFacts(
            baseURL: "https://a.example", revocationPath: "/revoke", endSessionPath: "/auth/logout",
            endsSessionByAccessToken: true, checkPath: "/me")
        let (outcome, transport) = await Self.end(
            Self.credential(refresh: nil),
            ["/auth/logout": { _ in .json("{}") }, "/me": { _ in .json("{}", status: 401) }],
            service: try facts.located())
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let call = try #require(transport.calls.first)
        #expect(String(decoding: call.body, as: UTF8.self) == "{}")
        #expect(call.request.headerFields[.authorization] == "Bearer at")
    }

    @Test func `an end of the session that fails leaves the token alive, and that is said`() async throws {
        let (outcome, _) = await Self.end(
            Self.credential(), ["/auth/logout": { _ in .json("{}", status: 503) }],
            service: try Self.withSessionEnd.located())
        guard case .remains(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.code == .serverFailure)
    }

    @Test func `a pasted token is revoked when just that is asked for`() async throws {
        let transport = FakeTransport([
            "/revoke": { _ in .json("") }, "/userinfo": { _ in .json("{}", status: 401) },
        ])
        let signOut = SignOut(service: Self.service(), client: ClientIdentity(id: "c"), transport: transport)
        let outcome = await signOut.revoke(Self.credential(.pasted, refresh: nil))
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(transport.calls.first?.form[name: "token"] == "at")
    }

    @Test(arguments: [401, 200])
    func `of a token that is only exchanged, the exchange proves the end`(status: Int) async throws {
        let facts = ServiceFacts(
            baseURL: "https://a.example", revocationPath: "/revoke", checkPath: "/me",
            exchange: TokenExchange(path: "/exchange", replyPaths: [["token"]]))
        let transport = FakeTransport([
            "/revoke": { _ in .json("") }, "/exchange": { _ in .json(#"{"token":"jwt"}"#, status: status) },
        ])
        let signOut = SignOut(service: try facts.located(), client: ClientIdentity(id: "c"), transport: transport)
        let outcome = await signOut.revoke(Self.credential(.pasted, refresh: nil))
        switch outcome {
        case .ended: #expect(status == 401)
        case .remains: #expect(status == 200)
        default: Issue.record("\(outcome)")
        }
    }

    @Test func `a session whose only token is dead already has ended`() async throws {
        let facts = ServiceFacts(
            baseURL: "https://a.example", endSessionPath: "/auth/logout", endsSessionByAccessToken: true,
            checkPath: "/me")
        let (outcome, _) = await Self.end(
            Self.credential(refresh: nil),
            ["/auth/logout": { _ in .json("{}", status: 401) }, "/me": { _ in .json("{}", status: 401) }],
            service: try facts.located())
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func `where the access token is too old to end the session, its refresh token is revoked`() async throws {
        let answers: [String: FakeTransport.Answer] = [
            "/auth/logout": { _ in .json("{}", status: 401) }, "/revoke": { _ in .json("") },
            "/me": { _ in .json("{}", status: 401) },
        ]
        let (outcome, transport) = await Self.end(
            Self.credential(), answers, service: try Self.withSessionEnd.located())
        guard case .ended = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(transport.calls.dropFirst().first?.form[name: "token"] == "rt")
        // Nothing else can end it: then it is not called ended.
        let facts = ServiceFacts(baseURL: "https://a.example", endSessionPath: "/auth/logout", checkPath: "/me")
        let (other, _) = await Self.end(Self.credential(), answers, service: try facts.located())
        guard case .remains = other else {
            Issue.record("\(other)")
            return
        }
    }
}
