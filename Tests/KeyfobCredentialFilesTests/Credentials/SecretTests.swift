import KeyfobCredentials
import Testing

@Suite("Secrets")
struct SecretTests {
    private let secret = Secret("tok-hidden")

    @Test func `a secret never describes itself`() {
        var dumped = ""
        dump(secret, to: &dumped)
        let texts = ["\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"]
        for text in texts {
            #expect(text.contains("<redacted>"))
            #expect(!text.contains("tok-hidden"))
        }
    }

    @Test func `a credential describes none of its tokens`() {
        var dumped = ""
        dump(Credential.full, to: &dumped)
        for text in ["\(Credential.full)", String(reflecting: Credential.full), dumped] {
            for token in ["at-1", "rt-1", "id-1"] { #expect(!text.contains(token)) }
        }
    }

    @Test func `whoever asks gets the text`() {
        #expect(secret.reveal() == "tok-hidden")
    }

    @Test func `secrets are equal when their texts are`() {
        #expect(secret == Secret("tok-hidden"))
        #expect(secret != Secret("tok-other"))
    }

    @Test func `no encoder takes a secret`() {
        #expect(!(secret as Any is any Encodable))
    }
}
