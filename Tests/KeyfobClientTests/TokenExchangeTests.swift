import FoundationEssentials
import HTTPTypes
import KeyfobClient
import KeyfobProtocol
import Testing

struct TokenExchangeTests {
    private static let facts = TokenExchange(
        path: "/core/auth", replyPaths: [["data", "token"], ["data", "Token"]], lifePath: ["data", "expires_in"],
        assumedLife: 86_400)

    private static func exchange() throws -> Exchange<TokenExchange.Reply> {
        try facts.exchange("long-lived", at: #require(WebAddress("https://ai.example.com")))
    }

    private static func jwt(_ claims: String) -> String {
        ["{}", claims, "s"].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
    }

    @Test func `the long-lived token is in the body and nowhere else`() throws {
        let call = try Self.exchange().call
        #expect(call.address == "https://ai.example.com/core/auth")
        #expect(call.text == #"{"token":"long-lived"}"#)
        #expect(call.request.headerFields[.authorization] == nil)
        #expect(call.request.headerFields[.contentType] == "application/json")
    }

    @Test(arguments: ["token", "Token"])
    func `the short-lived token is found where the facts say`(name: String) throws {
        let reply = try Self.exchange().parse(.json(#"{"data":{"\#(name)":"jwt","name":"me"}}"#))
        #expect(reply.token == "jwt")
        #expect(reply.values.value(at: ["data", "name"])?.text == "me")
    }

    @Test func `the life is the reply's, else the token's own, else the assumed one`() throws {
        let token = Self.jwt(#"{"iat":1000,"exp":4600}"#)
        let bodies = [
            (#"{"data":{"token":"\#(token)","expires_in":60}}"#, 60.0), (#"{"data":{"token":"\#(token)"}}"#, 3_600),
            (#"{"data":{"token":"opaque"}}"#, 86_400),
        ]
        for (body, life) in bodies {
            #expect(try Self.exchange().parse(.json(body)).life == life)
        }
    }

    @Test func `a refused token is told apart from a server that has trouble`() throws {
        let exchange = try Self.exchange()
        let replies: [(HTTPReply, ClientError.Code, String?)] = [
            (.json(#"{"message":"token revoked"}"#, status: 401), .unauthorized, "token revoked"),
            (.of("relation is missing", type: "text/plain", status: 400), .refused, "relation is missing"),
            (.json("{}", status: 503), .serverFailure, nil), (.of("<html>", type: "text/html"), .unexpectedReply, nil),
            (.json(#"{"data":{}}"#), .unexpectedReply, nil),
            (.json(#"{"data":{"token":"a b"}}"#), .unexpectedReply, nil),
        ]
        for (reply, code, text) in replies {
            let error = failure { () throws(ClientError) in try exchange.parse(reply) }
            #expect(error?.code == code)
            #expect(error?.serverText == text)
        }
    }

    @Test func `a token's claims are read for showing, and what is no such token has none`() throws {
        let token = Self.jwt(#"{"sub":"7","iss":"https://a.example","scope":"a b","exp":4600,"iat":1000}"#)
        let claims = try #require(TokenClaims(token))
        #expect(claims.subject == "7")
        #expect(claims.issuer == "https://a.example")
        #expect(claims.scopes == ["a", "b"])
        #expect(claims.expiresAt == Date(timeIntervalSince1970: 4_600))
        #expect(claims.lifetime == 3_600)
        for text in ["", "a.b", "a.b.c", "..", Self.jwt("[]"), "opaque", token + ".x"] {
            #expect(TokenClaims(text) == nil)
        }
    }

    @Test(arguments: [#"{"exp":"soon"}"#, #"{"exp":-1}"#, #"{"exp":1e300,"iat":1}"#, #"{"exp":5,"iat":9}"#])
    func `claims that make no sense say nothing of the life`(claims: String) throws {
        #expect(try #require(TokenClaims(Self.jwt(claims))).lifetime == nil)
    }
}
