import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Synchronization
import Testing

struct SignInFlowTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func metadata() -> ServerMetadata {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = "https://a.example/authorize"
        metadata.tokenEndpoint = "https://a.example/token"
        metadata.deviceAuthorizationEndpoint = "https://a.example/device_authorization"
        return metadata
    }

    private static func flow(
        _ transport: FakeTransport, metadata: ServerMetadata = metadata(), scopes: [String] = ["a"]
    ) -> SignInFlow {
        SignInFlow(
            service: ResolvedService(metadata: metadata), client: ClientIdentity(id: "c"), scopes: Scopes(scopes),
            transport: transport, now: { now }, random: RandomBytes(SystemRandomNumberGenerator()))
    }

    private static func idToken(_ nonce: String?, account: String = "me@x.example") -> String {
        let nonce = nonce.map { #","nonce":"\#($0)""# } ?? ""
        let claims =
            #"{"iss":"https://a.example","sub":"1","aud":"c","exp":1800000900,"email":"\#(account)"\#(nonce)}"#
        return ["{}", claims, "s"].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
    }

    private static let started = """
        {"device_code":"dc","user_code":"WDJB-MJHT","verification_uri":"https://a.example/device","expires_in":600,
        "interval":1}
        """

    @Test func `a device flow makes a credential of a login`() async throws {
        let polls = Mutex(0)
        let transport = FakeTransport([
            "/device_authorization": { _ in .json(Self.started) },
            "/token": { _ in
                let count = polls.withLock { value in
                    value += 1
                    return value
                }
                return count < 3
                    ? .json(#"{"error":"authorization_pending"}"#, status: 400)
                    : .json(#"{"access_token":"at","token_type":"Bearer","expires_in":900,"refresh_token":"rt"}"#)
            },
        ])
        let pending = try await Self.flow(transport).startDevice()
        #expect(pending.userCode == "WDJB-MJHT")
        #expect(pending.verificationURI == "https://a.example/device")
        let credential = try await pending.finish(clock: InstantClock())
        let expected = Credential(
            accessToken: Secret("at"), refreshToken: Secret("rt"), expiresAt: Self.now.addingTimeInterval(900),
            scopes: ["a"], clientID: "c", origin: .login, createdAt: Self.now)
        #expect(credential == expected)
    }

    @Test func `a browser flow redeems the code of its own callback`() async throws {
        let nonce = Mutex<String?>(nil)
        let transport = FakeTransport([
            "/token": { call in
                #expect(call.form[name: "code"] == "the-code")
                let token = Self.idToken(nonce.withLock { $0 })
                return .json(
                    #"{"access_token":"at","token_type":"Bearer","scope":"openid x","id_token":"\#(token)"}"#)
            }
        ])
        let receiver = FakeReceiver()
        let pending = try Self.flow(transport, scopes: ["openid"]).startBrowser(receiver)
        let fields = try FormFields(parsing: try #require(WebAddress(pending.url)?.query))
        let state = try #require(fields[name: "state"])
        nonce.withLock { $0 = fields[name: "nonce"] }
        receiver.visit("code=stolen&state=guess")
        receiver.visit("code=the-code&state=\(state)")
        let credential = try await pending.finish(limit: .seconds(60), clock: InstantClock(endlessFrom: .seconds(60)))
        #expect(credential.accessToken == Secret("at"))
        #expect(credential.account == "me@x.example")
        #expect(credential.scopes == ["openid", "x"])
        #expect(receiver.verdicts == [.foreign, .accepted])
        #expect(fields[name: "redirect_uri"] == receiver.redirectURI)
    }

    @Test func `an ID token with another nonce fails the sign-in`() async throws {
        let transport = FakeTransport([
            "/token": { _ in
                .json(#"{"access_token":"at","token_type":"Bearer","id_token":"\#(Self.idToken("other"))"}"#)
            }
        ])
        let receiver = FakeReceiver()
        let pending = try Self.flow(transport, scopes: ["openid"]).startBrowser(receiver)
        let fields = try FormFields(parsing: try #require(WebAddress(pending.url)?.query))
        receiver.visit("code=c&state=\(try #require(fields[name: "state"]))")
        let error = await #expect(throws: ClientError.self) {
            try await pending.finish(limit: .seconds(60), clock: InstantClock(endlessFrom: .seconds(60)))
        }
        #expect(error?.code == .invalidIDToken)
    }

    @Test func `a denial in the browser is one here`() async throws {
        let receiver = FakeReceiver()
        let pending = try Self.flow(FakeTransport([:])).startBrowser(receiver)
        let fields = try FormFields(parsing: try #require(WebAddress(pending.url)?.query))
        receiver.visit("error=access_denied&state=\(try #require(fields[name: "state"]))")
        let error = await #expect(throws: ClientError.self) {
            try await pending.finish(limit: .seconds(60), clock: InstantClock(endlessFrom: .seconds(60)))
        }
        #expect(error?.code == .denied)
        #expect(receiver.verdicts == [.denied])
    }

    @Test func `a browser that does not come back is a time-out`() async throws {
        let pending = try Self.flow(FakeTransport([:])).startBrowser(FakeReceiver())
        let error = await #expect(throws: ClientError.self) {
            try await pending.finish(limit: .seconds(60), clock: InstantClock())
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `a lost reply to the code is asked for again with the same key`() async throws {
        let attempts = Mutex(0)
        let transport = FakeTransport([
            "/token": { _ in
                let count = attempts.withLock { value in
                    value += 1
                    return value
                }
                return count < 3 ? .down() : .json(#"{"access_token":"at","token_type":"Bearer"}"#)
            }
        ])
        let receiver = FakeReceiver()
        let pending = try Self.flow(transport).startBrowser(receiver)
        let fields = try FormFields(parsing: try #require(WebAddress(pending.url)?.query))
        receiver.visit("code=c&state=\(try #require(fields[name: "state"]))")
        _ = try await pending.finish(limit: .seconds(60), clock: InstantClock(endlessFrom: .seconds(60)))
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let keys = transport.calls.compactMap { $0.request.headerFields[name] }
        #expect(keys.count == 3)
        #expect(Set(keys).count == 1)
    }

    @Test func `the account's name comes from userinfo where the server has it`() async throws {
        var metadata = Self.metadata()
        metadata.userInfoEndpoint = "https://a.example/userinfo"
        let transport = FakeTransport([
            "/device_authorization": { _ in .json(Self.started) },
            "/token": { _ in .json(#"{"access_token":"at","token_type":"Bearer"}"#) },
            "/userinfo": { _ in .json(#"{"sub":"1","preferred_username":"demo"}"#) },
        ])
        let pending = try await Self.flow(transport, metadata: metadata).startDevice()
        #expect(try await pending.finish(clock: InstantClock()).account == "demo")
    }

    @Test func `a userinfo that fails does not fail the sign-in`() async throws {
        var metadata = Self.metadata()
        metadata.userInfoEndpoint = "https://a.example/userinfo"
        let transport = FakeTransport([
            "/device_authorization": { _ in .json(Self.started) },
            "/token": { _ in .json(#"{"access_token":"at","token_type":"Bearer"}"#) },
            "/userinfo": { _ in .page(status: 503) },
        ])
        let pending = try await Self.flow(transport, metadata: metadata).startDevice()
        #expect(try await pending.finish(clock: InstantClock()).account == nil)
    }

    @Test func `a service offers only what it has all parts of`() {
        var metadata = Self.metadata()
        #expect(ResolvedService(metadata: metadata).offers(.browser))
        metadata.authorizationEndpoint = nil
        #expect(!ResolvedService(metadata: metadata).offers(.browser))
        #expect(ResolvedService(metadata: metadata).offers(.deviceCode))
        metadata.tokenEndpoint = nil
        #expect(!ResolvedService(metadata: metadata).offers(.deviceCode))
    }
}

/// A receiver whose visits the test makes.
private final class FakeReceiver: RedirectReceiver {
    let redirectURI = "http://127.0.0.1:1/callback"
    private let visits: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let judged = Mutex<[RedirectVerdict]>([])

    init() {
        (visits, continuation) = AsyncStream.makeStream(of: String.self)
    }

    var verdicts: [RedirectVerdict] { judged.withLock { $0 } }

    func visit(_ query: String) {
        continuation.yield(query)
    }

    func receive(judge: @Sendable (String) -> RedirectVerdict) async throws {
        for await query in visits {
            let verdict = judge(query)
            judged.withLock { $0.append(verdict) }
            if verdict != .foreign { return }
        }
        throw CancellationError()
    }

    func close() async {
        continuation.finish()
    }
}
