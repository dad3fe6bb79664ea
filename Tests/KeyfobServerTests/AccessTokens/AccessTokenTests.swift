import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// [RFC 9068 section 2](https://www.rfc-editor.org/rfc/rfc9068#section-2).
struct AccessTokenTests {
    private struct Header: Decodable, Equatable {
        let alg: String
        let typ: String
        let kid: String
    }

    private struct Claims: Decodable, Equatable {
        let iss: String
        let exp: Int
        let aud: String
        let sub: String
        let clientID: String
        let iat: Int
        let jti: String
        let scope: String
        let authTime: Int

        private enum CodingKeys: String, CodingKey {
            case iss, exp, aud, sub, iat, jti, scope
            case clientID = "client_id"
            case authTime = "auth_time"
        }
    }

    private struct IDClaims: Decodable, Equatable {
        let iss: String
        let sub: String
        let aud: String
        let exp: Int
        let iat: Int
        let authTime: Int
        let nonce: String?
        let accessTokenHash: String
        let name: String?
        let preferredUsername: String?
        let email: String?

        private enum CodingKeys: String, CodingKey {
            case iss, sub, aud, exp, iat, nonce, name, email
            case authTime = "auth_time"
            case accessTokenHash = "at_hash"
            case preferredUsername = "preferred_username"
        }
    }

    private static func decode<Part: Decodable>(_ part: Int, of token: String, as _: Part.Type) throws -> Part {
        let bytes = try Base64URL.decode(token.split(separator: ".")[part]).orFail()
        return try JSONDecoder().decode(Part.self, from: Data(bytes))
    }

    @Test func `an access token has every claim that RFC 9068 demands`() async throws {
        let world = try await TestWorld.open()
        let signedIn = world.clock.seconds
        world.clock.advance(by: 100.5)
        let token = try await world.signIn(scope: "openid email").accessToken
        let claims = try Self.decode(1, of: token, as: Claims.self)
        let expected = Claims(
            iss: TestWorld.issuer, exp: signedIn + 1000, aud: TestWorld.issuer, sub: world.person.id, clientID: "tool",
            iat: signedIn + 100, jti: claims.jti, scope: "openid email", authTime: signedIn
        )
        #expect(claims == expected)
        #expect(claims.jti.count == 22)
        let other = try await world.signIn().accessToken
        #expect(try Self.decode(1, of: other, as: Claims.self).jti != claims.jti)
    }

    /// "JWT access tokens MUST include this media type in the "typ" header parameter", section 2.1.
    @Test func `an access token's header names its type, algorithm and key`() async throws {
        let world = try await TestWorld.open()
        let token = try await world.signIn().accessToken
        let key = try #require(world.server.publicKeys.first)
        #expect(try Self.decode(0, of: token, as: Header.self) == Header(alg: "ES256", typ: "at+jwt", kid: key.keyID))
    }

    @Test func `the published key verifies the signatures of both tokens`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let key = try #require(world.server.publicKeys.first)
        #expect([key.type, key.curve, key.use, key.algorithm] == ["EC", "P-256", "sig", "ES256"])
        let point = try Base64URL.decode(key.x).orFail() + Base64URL.decode(key.y).orFail()
        let publicKey = try P256.Signing.PublicKey(rawRepresentation: point)
        for token in [reply.accessToken, try #require(reply.idToken)] {
            let parts = token.split(separator: ".")
            let signature = try P256.Signing.ECDSASignature(rawRepresentation: Base64URL.decode(parts[2]).orFail())
            #expect(publicKey.isValidSignature(signature, for: Data("\(parts[0]).\(parts[1])".utf8)))
        }
    }

    /// RFC 7638: the members in order, without white space.
    @Test func `a key's identifier is its thumbprint`() async throws {
        let world = try await TestWorld.open()
        let key = try #require(world.server.publicKeys.first)
        let text = #"{"crv":"P-256","kty":"EC","x":"\#(key.x)","y":"\#(key.y)"}"#
        #expect(key.keyID == TokenFormat.hash(text))
    }

    /// OpenID Connect Core sections 2 and 3.1.3.6.
    @Test func `an ID token has its claims, and those of a person by scope`() async throws {
        let world = try await TestWorld.open()
        let signedIn = world.clock.seconds
        let code = try await world.authorizationCode(["scope": "openid profile email"])
        let reply = try await world.server.redeem(TestWorld.redemption(code), client: world.tool)
        let half = Array(SHA256.hash(data: Data(reply.accessToken.utf8))).prefix(16)
        let expected = IDClaims(
            iss: TestWorld.issuer, sub: world.person.id, aud: "tool", exp: signedIn + 900, iat: signedIn,
            authTime: signedIn, nonce: "n-0S6_WzA2Mj", accessTokenHash: Base64URL.encode(half), name: "Ada Lovelace",
            preferredUsername: "ada", email: "ada@example.com"
        )
        let token = try #require(reply.idToken)
        #expect(try Self.decode(1, of: token, as: IDClaims.self) == expected)
        #expect(try Self.decode(0, of: token, as: Header.self).typ == "JWT")
        let bare = try #require(try await world.signIn(scope: "openid").idToken)
        let claims = try Self.decode(1, of: bare, as: IDClaims.self)
        #expect([claims.name, claims.preferredUsername, claims.email, claims.nonce] == [nil, nil, nil, nil])
        #expect(try await world.signIn(scope: "email").idToken == nil)
    }

    @Test func `a token is good until its last second and not a second longer`() async throws {
        let world = try await TestWorld.open()
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: 900)
        }
        let tokens = [try await world.signIn().accessToken, try await world.signIn(opaque).accessToken]
        world.clock.advance(by: 899.999)
        for token in tokens {
            #expect(try await world.server.accessGrant(token) != nil)
        }
        world.clock.advance(by: 0.001)
        for token in tokens {
            #expect(try await world.server.accessGrant(token) == nil)
        }
    }

    @Test func `a token of a client with its own policy lives as long as that says`() async throws {
        let world = try await TestWorld.open()
        let long = try await world.client("long") { $0.accessToken = .jwt(life: 7200) }
        let reply = try await world.signIn(long)
        #expect(reply.expiresIn == 7200)
        let claims = try Self.decode(1, of: reply.accessToken, as: Claims.self)
        #expect(claims.exp - claims.iat == 7200)
    }

    @Test func `an opaque token tells what a signed one tells`() async throws {
        let world = try await TestWorld.open()
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: 60)
        }
        let reply = try await world.signIn(opaque, scope: "openid")
        let grant = try #require(try await world.server.accessGrant(reply.accessToken))
        #expect(AccessTokenPolicy.standardOpaqueFormat.accepts(reply.accessToken))
        #expect(grant.account == world.person)
        #expect(grant.clientID == "opaque")
        #expect(grant.scopes == Scopes(["openid"]))
        #expect(grant.issuedAt == world.clock.now)
        #expect(grant.expiresAt == world.clock.now.addingTimeInterval(60))
    }

    @Test func `a token of a disabled account or client is not good, and is again afterwards`() async throws {
        let world = try await TestWorld.open()
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        }
        for client in [world.tool, opaque] {
            let token = try await world.signIn(client).accessToken
            try await world.setAccount(active: false)
            #expect(try await world.server.accessGrant(token) == nil)
            try await world.setAccount(active: true)
            try await world.setClient(client, active: false)
            #expect(try await world.server.accessGrant(token) == nil)
            try await world.setClient(client, active: true)
            #expect(try await world.server.accessGrant(token) != nil)
        }
    }
}
