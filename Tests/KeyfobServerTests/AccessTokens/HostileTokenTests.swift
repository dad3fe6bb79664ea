import Crypto
import FoundationEssentials
import KeyfobProtocol
import KeyfobTestSupport
import Testing

@testable import KeyfobServer

/// [RFC 8725](https://www.rfc-editor.org/rfc/rfc8725) and [RFC 9068 section 4](https://www.rfc-editor.org/rfc/rfc9068#section-4).
struct HostileTokenTests {
    private static func json(_ text: String) -> String {
        Base64URL.encode(text.utf8)
    }

    private static func claims(_ world: TestWorld, session: String, issuer: String, audience: String)
        -> AccessTokenClaims
    {
        let now = world.clock.seconds
        return AccessTokenClaims(
            issuer: issuer, subject: world.person.id, audience: audience, clientID: "tool", expiresAt: now + 900,
            issuedAt: now, authenticatedAt: now, tokenID: "id", scope: Scopes(["openid"]), sessionID: session
        )
    }

    @Test func `a token with any one character changed is refused`() async throws {
        let world = try await TestWorld.open()
        let token = Array(try await world.signIn().accessToken.utf8)
        for index in token.indices {
            for character in [UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: ".")] where character != token[index] {
                var changed = token
                changed[index] = character
                let text = String(decoding: changed, as: UTF8.self)
                #expect(try await world.server.accessGrant(text) == nil, "\(index)")
            }
        }
        #expect(try await world.server.accessGrant(String(decoding: token, as: UTF8.self)) != nil)
    }

    /// CVE-2026-27840.
    @Test func `any prefix or suffix of a token is refused`() async throws {
        let world = try await TestWorld.open()
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        }
        for client in [world.tool, opaque] {
            let token = try await world.signIn(client).accessToken
            for count in 0..<token.count {
                #expect(try await world.server.accessGrant(String(token.prefix(count))) == nil)
                #expect(try await world.server.accessGrant(String(token.suffix(count))) == nil)
            }
            for more in [" ", "\n", "=", "A", ".", "\0"] {
                #expect(try await world.server.accessGrant(token + more) == nil)
                #expect(try await world.server.accessGrant(more + token) == nil)
            }
        }
    }

    @Test func `alg none, other algorithms and other headers are refused`() async throws {
        let world = try await TestWorld.open()
        let parts = try await world.signIn().accessToken.split(separator: ".").map(String.init)
        let key = world.server.signingKeys.current
        let headers = [
            #"{"alg":"none","typ":"at+jwt"}"#, #"{"alg":"none","kid":"\#(key.id)","typ":"at+jwt"}"#,
            #"{"alg":"None","kid":"\#(key.id)","typ":"at+jwt"}"#, #"{"alg":"HS256","kid":"\#(key.id)","typ":"at+jwt"}"#,
            #"{"alg":"ES256","kid":"\#(key.id)","typ":"JWT"}"#, #"{"alg":"ES256","kid":"\#(key.id)"}"#,
            #"{"alg":"ES256","crit":["x"],"kid":"\#(key.id)","typ":"at+jwt","x":1}"#,
            #"{"alg":"ES256","jwk":{},"kid":"\#(key.id)","typ":"at+jwt"}"#,
            #"{"alg":"ES256","kid":"../../dev/null","typ":"at+jwt"}"#, "{}", "",
        ]
        for header in headers {
            let text = Self.json(header) + "." + parts[1]
            // Also with our own, good signature over the strange header.
            for signature in ["", parts[2], try key.sign(text)] {
                #expect(try await world.server.accessGrant(text + "." + signature) == nil, "\(header)")
            }
        }
    }

    @Test func `another payload under the same signature is refused`() async throws {
        let world = try await TestWorld.open()
        let parts = try await world.signIn(scope: "openid").accessToken.split(separator: ".").map(String.init)
        let payload = String(decoding: try Base64URL.decode(parts[1]).orFail(), as: UTF8.self)
        let richer = payload.replacing(#""scope":"openid""#, with: #""scope":"admin""#)
        #expect(richer != payload)
        #expect(try await world.server.accessGrant("\(parts[0]).\(Self.json(richer)).\(parts[2])") == nil)
    }

    @Test func `a key that is not ours signs nothing`() async throws {
        let world = try await TestWorld.open()
        let grant = try #require(try await world.server.accessGrant(try await world.signIn().accessToken))
        let claims = Self.claims(
            world, session: grant.sessionID, issuer: TestWorld.issuer, audience: TestWorld.issuer
        )
        let foreign = SigningKey(P256.Signing.PrivateKey(), phase: .signing)
        let ours = world.server.signingKeys.current
        let forged = try JSONWebToken.sign(claims, as: .access, with: foreign)
        #expect(try await world.server.accessGrant(forged) == nil)
        let parts = forged.split(separator: ".")
        let header = Self.json(#"{"alg":"ES256","kid":"\#(ours.id)","typ":"at+jwt"}"#)
        let renamed = "\(header).\(parts[1])"
        #expect(try await world.server.accessGrant("\(renamed).\(try foreign.sign(renamed))") == nil)
        #expect(try await world.server.accessGrant("\(renamed).\(try ours.sign(renamed))") != nil)
    }

    @Test func `one kind of token is not taken for another`() async throws {
        let world = try await TestWorld.open()
        let reply = try await world.signIn()
        let grant = try #require(try await world.server.accessGrant(reply.accessToken))
        #expect(try await world.server.accessGrant(try #require(reply.idToken)) == nil)
        #expect(try await world.server.accessGrant(try #require(reply.refreshToken)) == nil)
        await expectRefusal(.invalidGrant) { try await world.server.refresh(reply.accessToken, client: world.tool) }
        let claims = Self.claims(
            world, session: grant.sessionID, issuer: TestWorld.issuer, audience: TestWorld.issuer
        )
        let identity = try JSONWebToken.sign(claims, as: .identity, with: world.server.signingKeys.current)
        #expect(try await world.server.accessGrant(identity) == nil)
    }

    @Test func `a token of another issuer, for another audience or of no session is refused`() async throws {
        let world = try await TestWorld.open()
        let grant = try #require(try await world.server.accessGrant(try await world.signIn().accessToken))
        let elsewhere = "https://other.example.com"
        let cases = [
            (TestWorld.issuer, TestWorld.issuer, grant.sessionID, true),
            (elsewhere, TestWorld.issuer, grant.sessionID, false),
            (TestWorld.issuer + "/", TestWorld.issuer, grant.sessionID, false),
            (TestWorld.issuer, elsewhere, grant.sessionID, false), (TestWorld.issuer, TestWorld.issuer, "none", false),
        ]
        for (issuer, audience, session, isGood) in cases {
            let claims = Self.claims(world, session: session, issuer: issuer, audience: audience)
            let token = try JSONWebToken.sign(claims, as: .access, with: world.server.signingKeys.current)
            #expect(
                try await world.server.accessGrant(token)?.tokenID == (isGood ? "id" : nil),
                "\(issuer) \(audience) \(session)")
        }
    }

    @Test func `a token of another server with the same issuer is refused`() async throws {
        let (world, other) = (try await TestWorld.open(), try await TestWorld.open())
        let token = try await other.signIn().accessToken
        #expect(try await world.server.accessGrant(token) == nil)
    }

    @Test func `an opaque token of a form that does not exist here is refused`() async throws {
        let world = try await TestWorld.open()
        let strange = try await world.client("strange") {
            $0.accessToken = .opaque(TokenFormat(prefix: "zz_"), life: nil)
        }
        let token = try await world.signIn(strange).accessToken
        #expect(try await world.server.accessGrant(token) == nil)
    }

    @Test func `long or strange text is no token and no crash`() async throws {
        let world = try await TestWorld.open()
        for text in [
            "", ".", "..", "...", "kfa_", "kfr_", String(repeating: "a.", count: 9000), "a.b.c\0", "\u{212A}.b.c",
        ] {
            #expect(try await world.server.accessGrant(text) == nil)
        }
        let long = String(repeating: "a", count: 100_000)
        #expect(try await world.server.accessGrant("\(long).\(long).\(long)") == nil)
    }
}
