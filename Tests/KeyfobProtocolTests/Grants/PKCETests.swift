import KeyfobProtocol
import Testing

/// [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636).
struct PKCETests {
    private static let octets: [UInt8] = [
        116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240,
        91, 88, 5, 88, 83, 132, 141, 121,
    ]
    private static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    private static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test func `the values of RFC 7636 appendix B come out`() {
        #expect(PKCE.verifier(.cycling(Self.octets)) == Self.verifier)
        #expect(PKCE.challenge(for: Self.verifier) == Self.challenge)
        #expect(PKCE.verify(Self.verifier, against: Self.challenge))
        #expect(PKCE.method == "S256")
    }

    @Test func `the verifier itself is no proof, which method plain would take`() {
        #expect(!PKCE.verify(Self.verifier, against: Self.verifier))
        #expect(!PKCE.verify(Self.challenge, against: Self.challenge))
    }

    @Test func `a verifier that differs in one character is no proof`() {
        for index in Self.verifier.indices {
            var other = Self.verifier
            other.replaceSubrange(index...index, with: other[index] == "A" ? "B" : "A")
            #expect(!PKCE.verify(other, against: Self.challenge))
        }
    }

    @Test func `an empty or cut challenge is proved by nothing`() {
        for challenge in ["", String(Self.challenge.dropLast()), Self.challenge + "A", Self.challenge + "="] {
            #expect(!PKCE.verify(Self.verifier, against: challenge))
            #expect(!PKCE.isChallenge(challenge))
        }
        #expect(PKCE.isChallenge(Self.challenge))
    }

    /// Section 4.1: 43 to 128 characters, letters, digits, `-`, `.`, `_`, `~`.
    @Test func `verifiers have 43 to 128 unreserved characters`() {
        #expect(!PKCE.isVerifier(String(repeating: "a", count: 42)))
        #expect(PKCE.isVerifier(String(repeating: "a", count: 43)))
        #expect(PKCE.isVerifier(String(repeating: "~", count: 128)))
        #expect(!PKCE.isVerifier(String(repeating: "a", count: 129)))
        #expect(PKCE.isVerifier("-._~" + Self.verifier))
        for foreign in ["+", "/", "=", " ", "%", "\n", "\0", "ä"] {
            #expect(!PKCE.isVerifier(Self.verifier + foreign), "\(foreign)")
        }
    }

    @Test(arguments: [41, 42, 44, 86])
    func `a challenge of another length is none`(length: Int) {
        #expect(!PKCE.isChallenge(String(repeating: "A", count: length)))
    }
}
