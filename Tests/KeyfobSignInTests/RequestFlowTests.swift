import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Synchronization
import Testing

struct RequestFlowTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func facts(challenge: String?) -> ServiceFacts {
        ServiceFacts(
            baseURL: "https://api.example.com", pageURL: "https://app.example.com", checkPath: "/me",
            details: ["email": ["email"]],
            request: RequestWire(
                start: RequestWire.Start(path: "/start", challengeField: challenge, idField: "requestId"),
                page: .built(path: "/confirm?requestId={id}"),
                poll: RequestWire.Poll(
                    path: "/status", idName: "requestId", words: RequestWire.Words(approved: "approved"))),
            tokenScheme: .bare)
    }

    private static func flow(_ transport: FakeTransport, challenge: String? = "code_challenge") throws -> SignInFlow {
        SignInFlow(
            service: try facts(challenge: challenge).located(), client: ClientIdentity(id: "c"), scopes: Scopes(),
            transport: transport, now: { now }, random: RandomBytes(SystemRandomNumberGenerator()))
    }

    private static let token = ["{}", #"{"iat":1000,"exp":3600}"#, "s"].map { Base64URL.encode(Array($0.utf8)) }
        .joined(separator: ".")

    /// Approves at the third poll, for whoever has the verifier of the challenge.
    private static func server() -> FakeTransport {
        let state = Mutex<(challenge: String?, polls: Int)>((nil, 0))
        return FakeTransport([
            "/start": { call in
                let body = String(decoding: call.body, as: UTF8.self)
                let challenge = body.split(separator: "\"").first { PKCE.isChallenge(String($0)) }
                state.withLock { $0.challenge = challenge.map { String($0) } }
                return .json(#"{"requestId":"id-1"}"#)
            },
            "/status?requestId=id-1": { call in
                let verifier = HTTPField.Name("Code-Verifier").flatMap { call.request.headerFields[$0] } ?? ""
                let isGood = state.withLock { state in
                    state.polls += 1
                    return state.polls > 2 && PKCE.verify(verifier, against: state.challenge ?? "")
                }
                return .json(isGood ? #"{"status":"approved","token":"\#(token)"}"# : #"{"status":"pending"}"#)
            },
            "/me": { call in
                call.request.headerFields[.authorization] == token
                    ? .json(#"{"email":"me@x.example"}"#) : .json("{}", status: 401)
            },
        ])
    }

    @Test func `a request that is approved makes a credential of a login`() async throws {
        let transport = Self.server()
        let pending = try await Self.flow(transport).startRequest()
        #expect(pending.pageURL == "https://app.example.com/confirm?requestId=id-1")
        #expect(pending.lifetime == 600)
        let credential = try await pending.finish(clock: InstantClock())
        let expected = Credential(
            accessToken: Secret(Self.token), expiresAt: Self.now.addingTimeInterval(2_600), clientID: "c",
            account: "me@x.example", origin: .login, createdAt: Self.now)
        #expect(credential == expected)
    }

    @Test func `all polls of a request carry one key`() async throws {
        let transport = Self.server()
        _ = try await Self.flow(transport).startRequest().finish(clock: InstantClock())
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let keys = transport.calls.compactMap { $0.request.headerFields[name] }
        #expect(keys.count == 3)
        #expect(Set(keys).count == 1)
    }

    @Test func `a wire without a challenge sends none, and no verifier`() async throws {
        let transport = FakeTransport([
            "/start": { _ in .json(#"{"requestId":"id-1"}"#) },
            "/status?requestId=id-1": { _ in .json(#"{"status":"approved","token":"opaque"}"#) },
            "/me": { _ in .down() },
        ])
        let credential = try await Self.flow(transport, challenge: nil).startRequest().finish(clock: InstantClock())
        #expect(credential.accessToken == Secret("opaque"))
        #expect(credential.expiresAt == nil)
        #expect(credential.account == nil)
        #expect(transport.calls.first?.body.isEmpty == true)
        let name = try #require(HTTPField.Name("Code-Verifier"))
        #expect(transport.calls.allSatisfy { $0.request.headerFields[name] == nil })
    }

    @Test func `a service without such a sign-in is one that another way can be tried at`() async throws {
        let missing = FakeTransport(["/start": { _ in .page(status: 404) }])
        let flow = try Self.flow(missing)
        let error = await #expect(throws: ClientError.self) { try await flow.startRequest() }
        #expect(error?.code == .unsupported)
    }
}
