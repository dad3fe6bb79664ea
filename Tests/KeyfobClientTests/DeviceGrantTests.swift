import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct DeviceGrantTests {
    private static func grant(_ wire: DeviceWire = .standard, hosts: Set<String> = []) throws -> DeviceGrant {
        DeviceGrant(
            authorizationEndpoint: try #require(WebAddress("https://server.example.com/device_authorization")),
            tokenEndpoint: try #require(WebAddress("https://server.example.com/token")),
            client: ClientIdentity(id: "1406020730"), wire: wire, verificationHosts: hosts)
    }

    // RFC 8628 section 3.2, the example, on our host.
    private static let started = """
        {"device_code":"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS","user_code":"WDJB-MJHT",
        "verification_uri":"https://server.example.com/device",
        "verification_uri_complete":"https://server.example.com/device?user_code=WDJB-MJHT",
        "expires_in":1800,"interval":5}
        """

    @Test func `the flow starts with a form as in RFC 8628 section 3_1`() throws {
        let exchange = try Self.grant().start(Scopes(["profile", "email"]))
        #expect(exchange.call.request.method == .post)
        #expect(exchange.call.address == "https://server.example.com/device_authorization")
        #expect(exchange.call.request.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(exchange.call.text == "scope=profile+email&client_id=1406020730")
        let reply = try exchange.parse(.json(Self.started))
        #expect(reply.userCode == "WDJB-MJHT")
        #expect(reply.interval == 5)
    }

    @Test func `a poll is a form as in RFC 8628 section 3_4`() throws {
        let call = try Self.grant().poll("GmRh").call
        #expect(call.address == "https://server.example.com/token")
        #expect(call.form[name: "grant_type"] == "urn:ietf:params:oauth:grant-type:device_code")
        #expect(call.form[name: "device_code"] == "GmRh")
        #expect(call.form[name: "client_id"] == "1406020730")
        #expect(try Self.grant().poll("GmRh", idempotencyKey: "key").call != call)
    }

    // RFC 8628 section 3.5.
    @Test(arguments: [
        ("authorization_pending", DevicePoll.pending), ("slow_down", .slowDown), ("access_denied", .denied),
        ("expired_token", .expired),
    ])
    func `a poll is judged by the error code`(code: String, expected: DevicePoll) throws {
        let reply = HTTPReply.json(#"{"error":"\#(code)"}"#, status: 400)
        #expect(try Self.grant().poll("x").parse(reply) == expected)
    }

    @Test func `an approval yields the tokens`() throws {
        let reply = HTTPReply.json(#"{"access_token":"a","token_type":"bearer","expires_in":900,"scope":"x y"}"#)
        let expected = TokenReply(accessToken: "a", tokenType: "bearer", expiresIn: 900, scope: Scopes(["x", "y"]))
        #expect(try Self.grant().poll("x").parse(reply) == .tokens(expected))
    }

    @Test func `an unknown error is the server's refusal`() throws {
        let grant = try Self.grant()
        let reply = HTTPReply.json(#"{"error":"invalid_client","error_description":"who?"}"#, status: 401)
        let error = failure { () throws(ClientError) in try grant.poll("x").parse(reply) }
        #expect(error?.code == .refused)
        #expect(error?.oauthError == .invalidClient)
        #expect(error?.message == "the server refused: invalid_client: who?")
    }

    @Test func `a page on another host is refused unless it is listed`() throws {
        let foreign = Self.started.replacing("server.example.com", with: "login.example.net")
        let grant = try Self.grant()
        let error = failure { () throws(ClientError) in try grant.start(Scopes()).parse(.json(foreign)) }
        #expect(error?.code == .foreignVerificationAddress)
        #expect(error?.message.contains("login.example.net") == true)
        let listed = try Self.grant(hosts: ["login.example.net"]).start(Scopes())
        #expect(try listed.parse(.json(foreign)).verificationURI == "https://login.example.net/device")
    }

    @Test(arguments: [
        (#""expires_in":1800"#, #""expires_in":0"#), (#""user_code":"WDJB-MJHT""#, #""user_code":"\u001b[2J""#),
        ("https://server.example.com/device\"", "http://server.example.com/device\""),
        (#""device_code":"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS","#, ""),
    ])
    func `a reply that is unsafe or incomplete is refused`(part: String, replacement: String) throws {
        let reply = Self.started.replacing(part, with: replacement)
        #expect(reply != Self.started)
        let grant = try Self.grant()
        let error = failure { () throws(ClientError) in try grant.start(Scopes()).parse(.json(reply)) }
        #expect(error?.code == .unexpectedReply)
    }

    private static let dialect = DeviceWire.json(
        DeviceWire.Statuses(clientName: "Tool v1", pending: 428, denied: 403, expired: 410))

    @Test func `a JSON dialect starts with a client name and a list of scopes`() throws {
        let exchange = try Self.grant(Self.dialect).start(Scopes(["inference", "projects.read"]))
        #expect(exchange.call.request.headerFields[.contentType] == "application/json")
        #expect(exchange.call.text == #"{"client_name":"Tool v1","scopes":["inference","projects.read"]}"#)
    }

    @Test func `a JSON dialect's reply may be wrapped`() throws {
        let exchange = try Self.grant(Self.dialect).start(Scopes())
        let bare = try exchange.parse(.json(Self.started, status: 201))
        #expect(try exchange.parse(.json(#"{"data":\#(Self.started)}"#)) == bare)
        #expect(bare.userCode == "WDJB-MJHT")
    }

    @Test(arguments: [(428, DevicePoll.pending), (403, .denied), (410, .expired)])
    func `a JSON dialect's poll is judged by the status`(status: Int, expected: DevicePoll) throws {
        let exchange = try Self.grant(Self.dialect).poll("dc")
        #expect(
            exchange.call.text
                == #"{"device_code":"dc","grant_type":"urn:ietf:params:oauth:grant-type:device_code"}"#)
        #expect(try exchange.parse(.json(#"{"error":"words"}"#, status: status)) == expected)
    }

    @Test func `a JSON dialect's tokens have a list of scopes`() throws {
        let reply = HTTPReply.json(#"{"access_token":"sk","token_type":"Bearer","scopes":["inference"]}"#)
        let expected = TokenReply(accessToken: "sk", scope: Scopes(["inference"]))
        #expect(try Self.grant(Self.dialect).poll("dc").parse(reply) == .tokens(expected))
    }

    @Test func `a JSON dialect's other status ends the flow, and a 5xx does not`() throws {
        let exchange = try Self.grant(Self.dialect).poll("dc")
        let teapot = failure { () throws(ClientError) in try exchange.parse(.json("{}", status: 418)) }
        #expect(teapot?.code == .unexpectedReply)
        #expect(teapot?.isTransient == false)
        let busy = failure { () throws(ClientError) in try exchange.parse(.json("{}", status: 502)) }
        #expect(busy?.isTransient == true)
    }
}
