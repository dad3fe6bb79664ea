import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct PastedSignInTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let kind = PastedToken(
        forms: [.prefix("tok_", atLeast: 4)], pageURL: "https://app.example.com/tokens")

    private static func accept(
        _ text: String, _ facts: ServiceFacts, _ answers: [String: FakeTransport.Answer]
    ) async throws -> (Credential, FakeTransport) {
        let transport = FakeTransport(answers)
        let flow = SignInFlow(
            service: try facts.located(), client: ClientIdentity(id: "c"), scopes: Scopes(["asked"]),
            transport: transport, now: { now }, random: RandomBytes(SystemRandomNumberGenerator()))
        return (try await flow.accept(pasted: text, as: kind), transport)
    }

    private static let checked = ServiceFacts(
        baseURL: "https://api.example.com", checkPath: "/me", details: ["email": ["email"]])
    private static let exchanged = ServiceFacts(
        baseURL: "https://api.example.com",
        exchange: TokenExchange(path: "/auth", replyPaths: [["data", "token"]], assumedLife: 86_400))

    @Test func `a token that the service accepts is a pasted credential`() async throws {
        let (credential, transport) = try await Self.accept(
            " tok_1234\n", Self.checked,
            [
                "/me": { call in
                    call.request.headerFields[.authorization] == "Bearer tok_1234"
                        ? .json(#"{"email":"me@x.example"}"#) : .json("{}", status: 401)
                }
            ])
        let expected = Credential(
            accessToken: Secret("tok_1234"), clientID: "c", account: "me@x.example", origin: .pasted,
            createdAt: Self.now)
        #expect(credential == expected)
        #expect(transport.calls.count == 1)
    }

    @Test func `a token that is exchanged keeps what it was exchanged for`() async throws {
        let (credential, transport) = try await Self.accept(
            "tok_1234", Self.exchanged, ["/auth": { _ in .json(#"{"data":{"token":"jwt"}}"#) }])
        let expected = Credential(
            accessToken: Secret("tok_1234"), clientID: "c", origin: .pasted, createdAt: Self.now,
            exchanged: Credential.Exchanged(token: Secret("jwt"), expiresAt: Self.now.addingTimeInterval(86_400)))
        #expect(credential == expected)
        #expect(transport.calls.count == 1)
    }

    @Test(arguments: ["", "tok_", "tok_123", "other_1234", "tok_12 34"])
    func `a malformed token is refused before anyone is asked`(text: String) async {
        let error = await #expect(throws: SignInError.self) { try await Self.accept(text, Self.checked, [:]) }
        #expect(error?.code == .malformedToken)
        #expect(error?.hint == "make a new one at https://app.example.com/tokens")
    }

    @Test func `a token that the service refuses is no credential`() async {
        let asked = await #expect(throws: SignInError.self) {
            try await Self.accept("tok_1234", Self.checked, ["/me": { _ in .json("{}", status: 401) }])
        }
        #expect(asked?.code == .tokenRefused)
        let exchanged = await #expect(throws: SignInError.self) {
            try await Self.accept("tok_1234", Self.exchanged, ["/auth": { _ in .json("{}", status: 401) }])
        }
        #expect(exchanged?.code == .tokenRefused)
    }

    @Test func `a service in trouble has not refused the token`() async {
        for answer in [FakeTransport.Answer]([{ _ in .down() }, { _ in .page() }, { _ in .json("{}", status: 503) }]) {
            for (facts, path) in [(Self.checked, "/me"), (Self.exchanged, "/auth")] {
                await #expect(throws: ClientError.self) { try await Self.accept("tok_1234", facts, [path: answer]) }
            }
        }
    }

    @Test func `a token that nobody can check is not taken`() async {
        let facts = ServiceFacts(baseURL: "https://api.example.com")
        let error = await #expect(throws: SignInError.self) { try await Self.accept("tok_1234", facts, [:]) }
        #expect(error?.code == .noMethod)
    }

    @Test func `an error never shows the token`() async {
        let error = await #expect(throws: SignInError.self) {
            try await Self.accept("tok_s3cr3t s3cr3t", Self.checked, [:])
        }
        #expect(!"\(String(describing: error))".contains("s3cr3t"))
    }
}
