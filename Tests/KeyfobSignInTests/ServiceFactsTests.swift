import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct ServiceFactsTests {
    private static let document = """
        {"issuer":"https://id.example.com","authorization_endpoint":"https://id.example.com/authorize",
        "token_endpoint":"https://id.example.com/token","introspection_endpoint":"https://id.example.com/introspect",
        "code_challenge_methods_supported":["S256"],"response_types_supported":["code"]}
        """

    @Test func `a service is its address at least, and offers nothing by that`() throws {
        let service = try ServiceFacts(baseURL: "https://api.example.com").located()
        #expect(service.base?.text == "https://api.example.com")
        for method in [Product.Method.browser, .deviceCode, .request, .paste] { #expect(!service.offers(method)) }
    }

    @Test func `metadata of the service itself is found, and the facts' own paths win`() async throws {
        let facts = ServiceFacts(
            baseURL: "https://id.example.com/", metadata: .published, tokenPath: "/own-token", revocationPath: "/end")
        let transport = FakeTransport(["/.well-known/oauth-authorization-server": { _ in .json(Self.document) }])
        let service = try await facts.resolve(over: transport)
        #expect(service.metadata.authorizationEndpoint == "https://id.example.com/authorize")
        #expect(service.metadata.tokenEndpoint == "https://id.example.com/own-token")
        #expect(service.metadata.revocationEndpoint == "https://id.example.com/end")
        #expect(service.offers(.browser))
        #expect(service.offers(.paste))
    }

    @Test func `metadata that speaks for another issuer is refused`() async {
        let facts = ServiceFacts(baseURL: "https://other.example.com", metadata: .published)
        let transport = FakeTransport(["/.well-known/oauth-authorization-server": { _ in .json(Self.document) }])
        let error = await #expect(throws: ClientError.self) { try await facts.resolve(over: transport) }
        #expect(error?.code == .issuerMismatch)
    }

    private static let indirect = ServiceFacts(
        baseURL: "https://api.example.com", metadata: .indirect(path: "/auth/config"), checkPath: "/me")

    @Test func `an indirection names issuer, client and scopes`() async throws {
        let transport = FakeTransport([
            "/auth/config": { _ in
                .json(#"{"issuer":"https://id.example.com","client_id":"theirs","scopes":"openid offline_access"}"#)
            },
            "/.well-known/oauth-authorization-server": { _ in .page(status: 404) },
            "/.well-known/openid-configuration": { _ in .json(Self.document) },
        ])
        let service = try await Self.indirect.resolve(over: transport)
        #expect(service.clientID == "theirs")
        #expect(service.scopes == ["openid", "offline_access"])
        #expect(service.metadata.issuer == "https://id.example.com")
        #expect(service.base?.text == "https://api.example.com")
        #expect(service.offers(.browser))
    }

    @Test func `a service without the indirection is one without a browser flow`() async throws {
        for answer in [FakeTransport.Answer]([{ _ in .json("{}", status: 404) }, { _ in .page() }]) {
            let service = try await Self.indirect.resolve(over: FakeTransport(["/auth/config": answer]))
            #expect(!service.offers(.browser))
            #expect(service.offers(.paste))
            #expect(service.clientID == nil)
        }
    }

    @Test func `an indirection that can't be asked, or leads to plain HTTP, is an error`() async {
        let down = FakeTransport(["/auth/config": { _ in .json("{}", status: 503) }])
        let first = await #expect(throws: ClientError.self) { try await Self.indirect.resolve(over: down) }
        #expect(first?.isTransient == true)
        let plain = FakeTransport([
            "/auth/config": { _ in .json(#"{"issuer":"http://id.example.com","client_id":"c"}"#) }
        ])
        let second = await #expect(throws: ClientError.self) { try await Self.indirect.resolve(over: plain) }
        #expect(second?.code == .insecureAddress)
    }

    @Test func `a server that says it takes no S256 gets no browser flow`() {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = "https://a.example/authorize"
        metadata.tokenEndpoint = "https://a.example/token"
        metadata.codeChallengeMethodsSupported = ["plain"]
        #expect(!ResolvedService(metadata: metadata).offers(.browser))
        metadata.codeChallengeMethodsSupported = ["S256"]
        metadata.responseTypesSupported = ["token"]
        #expect(!ResolvedService(metadata: metadata).offers(.browser))
    }

    @Test func `another address moves the pages too, unless they are named`() throws {
        let facts = ServiceFacts(baseURL: "https://api.example.com", pageURL: "https://app.example.com")
        #expect(try facts.located().pages?.text == "https://app.example.com")
        let moved = try facts.located(at: ServiceAddresses(base: "http://127.0.0.1:8"))
        #expect(moved.pages?.text == "http://127.0.0.1:8")
        let named = try facts.located(at: ServiceAddresses(base: "http://127.0.0.1:8", pages: "http://127.0.0.1:9/"))
        #expect(named.pages?.text == "http://127.0.0.1:9")
        let error = #expect(throws: ClientError.self) {
            try facts.located(at: ServiceAddresses(pages: "http://app.example.com"))
        }
        #expect(error?.code == .insecureAddress)
    }

    @Test func `a service is asked below its address, with its own header`() async throws {
        let facts = ServiceFacts(baseURL: "https://api.example.com/base", tokenScheme: .bare, unwrapsData: true)
        let transport = FakeTransport([
            "/base/v1/\("a%20b")": { call in
                call.request.headerFields[.authorization] == "at" ? .json(#"{"data":["x"]}"#) : .json("{}", status: 401)
            }
        ])
        let service = try facts.located()
        let names = try await service.send(
            ResourceRequest(.get, "/v1/\("a b")"), as: [String].self, token: Secret("at"), over: transport)
        #expect(names == ["x"])
    }

    private static func standing(
        _ answer: @escaping FakeTransport.Answer
    ) async throws -> TokenStanding {
        let facts = ServiceFacts(
            baseURL: "https://api.example.com", checkPath: "/me",
            details: ["subject": ["user", "userId"], "email": ["user", "email"], "tier": ["tier"]])
        return try await facts.located().standing(
            of: Secret("at"), as: ClientIdentity(id: "c"), over: FakeTransport(["/me": answer]))
    }

    @Test func `the facts' resource says whose token it is`() async throws {
        let found = try await Self.standing { _ in
            .json(#"{"user":{"userId":7,"email":"me@x.example"},"tier":"pro","other":1}"#)
        }
        var expected = TokenDetails()
        expected.subject = "7"
        expected.email = "me@x.example"
        expected.fields = ["tier": "pro"]
        #expect(found == .accepted(expected))
        #expect(try await Self.standing { _ in .json("{}") } == .accepted(nil))
        #expect(try await Self.standing { _ in .json("", status: 204) } == .accepted(nil))
    }

    @Test func `a refusal is one in any words, and trouble is none`() async throws {
        for body in [#"{"error":"Unauthorized request","code":"401"}"#, #"{"error":"invalid_token"}"#, ""] {
            #expect(try await Self.standing { _ in .json(body, status: 401) } == .refused)
        }
        for answer in [FakeTransport.Answer]([{ _ in .page() }, { _ in .json("{}", status: 500) }, { _ in .down() }]) {
            await #expect(throws: ClientError.self) { try await Self.standing(answer) }
        }
    }

    @Test func `introspection tells of the token what it knows`() async throws {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.introspectionEndpoint = "https://a.example/introspect"
        let service = ResolvedService(metadata: metadata)
        let active = FakeTransport([
            "/introspect": { _ in
                .json(#"{"active":true,"sub":"acc_1","username":"me","exp":1800000000,"scope":"a b"}"#)
            }
        ])
        let client = ClientIdentity(id: "c")
        let details = try #require(try await service.introspect(Secret("t"), as: client, over: active))
        #expect(details.account == "me")
        #expect(details.expiresAt?.timeIntervalSince1970 == 1_800_000_000)
        #expect(details.scopes == ["a", "b"])
        let inactive = FakeTransport(["/introspect": { _ in .json(#"{"active":false}"#) }])
        #expect(try await service.introspect(Secret("t"), as: client, over: inactive) == nil)
        #expect(try await service.standing(of: Secret("t"), as: client, over: inactive) == .refused)
    }
}
