import FoundationEssentials
import KeyfobClient
import KeyfobProtocol
import Testing

struct IDTokenClaimsTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func token(_ claims: String) -> String {
        [#"{"alg":"ES256"}"#, claims, "signature"].map { Base64URL.encode(Array($0.utf8)) }.joined(separator: ".")
    }

    private static func expectation(nonce: String? = "n") -> IDTokenClaims.Expectation {
        IDTokenClaims.Expectation(issuer: "https://a.example", clientID: "c", nonce: nonce, now: now)
    }

    private static let good =
        #"{"iss":"https://a.example","sub":"s","aud":"c","exp":1800000100,"nonce":"n","email":"e@x.example"}"#

    @Test func `the claims of a good token are read`() throws {
        let claims = try IDTokenClaims(Self.token(Self.good), expecting: Self.expectation())
        #expect(claims.subject == "s")
        #expect(claims.account == "e@x.example")
    }

    // OpenID Connect Core section 3.1.3.7.
    @Test(arguments: [
        (#""https://a.example""#, #""https://b.example""#), (#""aud":"c""#, #""aud":"d""#),
        (#""aud":"c""#, #""aud":["c","d"]"#), (#""aud":"c""#, #""aud":"c","azp":"d""#), ("1800000100", "1799999699"),
        (#""nonce":"n""#, #""nonce":"m""#), (#""nonce":"n","#, ""), (#""sub":"s","#, ""),
    ])
    func `a token for another issuer, client, time or request is refused`(part: String, replacement: String) {
        let claims = Self.good.replacing(part, with: replacement)
        #expect(claims != Self.good)
        let error = failure { () throws(ClientError) in
            try IDTokenClaims(Self.token(claims), expecting: Self.expectation())
        }
        #expect(error?.code == .invalidIDToken)
    }

    @Test(arguments: ["", "a.b", "a.b.c.d", "a.!!.c", "e30.e30=.x"])
    func `a token that is malformed is refused`(token: String) {
        let error = failure { () throws(ClientError) in try IDTokenClaims(token, expecting: Self.expectation()) }
        #expect(error?.code == .invalidIDToken)
    }

    @Test func `several audiences are good with the right authorized party`() throws {
        let claims = Self.good.replacing(#""aud":"c""#, with: #""aud":["c","d"],"azp":"c""#)
        #expect(try IDTokenClaims(Self.token(claims), expecting: Self.expectation()).subject == "s")
    }

    @Test func `a clock that is minutes off is named as the cause, with the offset`() {
        let claims = Self.good.replacing("1800000100", with: "1799999000")
        let error = failure { () throws(ClientError) in
            try IDTokenClaims(Self.token(claims), expecting: Self.expectation())
        }
        #expect(error?.message == "the ID token expired 1000 seconds ago by this machine's clock")
        #expect(error?.hint == "check the date and time of this machine")
    }

    @Test func `a token without a nonce is good where none was sent`() throws {
        let claims = Self.good.replacing(#""nonce":"n","#, with: "")
        #expect(try IDTokenClaims(Self.token(claims), expecting: Self.expectation(nonce: nil)).subject == "s")
    }
}
