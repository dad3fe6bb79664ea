import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// RFC 7517 and RFC 9068.
struct KeySetTests {
    @Test
    func `the key set holds public keys for ES256, and no private part`() async throws {
        let reply = try await World.open().get("/oauth/jwks")
        #expect(reply.status == 200)
        #expect(reply.mediaType == "application/jwk-set+json")
        #expect(reply["Cache-Control"] == "public, max-age=300")
        #expect(reply["Access-Control-Allow-Origin"] == "*")
        let keys = try reply.json()["keys"].orFail().elements
        #expect(keys.count == 1)
        for key in keys {
            #expect(key.names == ["kty", "crv", "x", "y", "use", "alg", "kid"])
            #expect(key["kty"] == "EC" && key["crv"] == "P-256")
            #expect(key["use"] == "sig" && key["alg"] == "ES256")
        }
    }

    @Test
    func `an access token is an RFC 9068 JWT that the published key verifies`() async throws {
        let world = try await World.open()
        let token = try await world.signIn().text("access_token")
        let parts = token.split(separator: ".")
        try #require(parts.count == 3)
        let key = try await world.get("/oauth/jwks").json()["keys"].orFail().elements[0]
        let header = try Self.decode(parts[0])
        #expect(header["typ"] == "at+jwt" && header["alg"] == "ES256" && header["kid"] == key["kid"])

        let point = try ["x", "y"].flatMap { try Base64URL.decode(key[$0].orFail().text.orFail()).orFail() }
        let publicKey = try P256.Signing.PublicKey(rawRepresentation: Data(point))
        let signature = try P256.Signing.ECDSASignature(
            rawRepresentation: Data(Base64URL.decode(parts[2]).orFail())
        )
        #expect(publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))

        let claims = try Self.decode(parts[1])
        #expect(claims["iss"] == "https://id.example.com")
        #expect(claims["sub"] == .string(world.day.account))
        #expect(claims["client_id"] == "tool")
        #expect(claims["iat"] == .number(world.clock.seconds))
        #expect(claims["exp"] == .number(world.clock.seconds + 900))
        #expect(claims.names.isSuperset(of: ["aud", "jti", "scope"]))
    }

    private static func decode(_ part: Substring) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(Base64URL.decode(part).orFail()))
    }
}
