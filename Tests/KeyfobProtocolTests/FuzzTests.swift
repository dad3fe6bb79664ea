import FoundationEssentials
import KeyfobProtocol
import Testing

/// Arbitrary input to everything that reads text from outside: nothing crashes, and what was accepted is stable.
struct FuzzTests {
    private static let rounds = 3_000
    private static let pieces = [
        "http://", "https://", "127.0.0.1", "[::1]", "localhost", ":", "@", "/", "\\", "?", "#", "%", "%2", "%41", "+",
        "&", "=", "kfr_", "WDJB", "-", " ", "\r\n", "\0", "\u{301}", "\u{212A}", "ü", "{", "}", "\"", "active", "true",
        ",", "[", "]", "scope", "99999999999999999999", "0", "Zg", "_",
    ]

    /// Text of half-meaningful pieces and of arbitrary bytes.
    private static func text(_ generator: inout SeededGenerator) -> String {
        (0..<generator.below(12)).map { _ in
            generator.below(4) == 0
                ? String(decoding: generator.bytes(generator.below(6)), as: UTF8.self)
                : pieces[generator.below(pieces.count)]
        }.joined()
    }

    private static func texts(_ seed: UInt64) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<rounds).map { _ in text(&generator) }
    }

    @Test func `a form that was read is written and read the same`() throws {
        for text in Self.texts(11) {
            guard let fields = try? FormFields(parsing: text) else { continue }
            #expect(try FormFields(parsing: fields.encoded) == fields)
        }
    }

    @Test func `base64url that was decoded has that one spelling`() {
        for text in Self.texts(12) {
            guard let bytes = Base64URL.decode(text) else { continue }
            #expect(Base64URL.encode(bytes).utf8.elementsEqual(text.utf8))
        }
    }

    @Test func `a redirect URI that was read matches itself and has no hidden host`() {
        for text in Self.texts(13) {
            guard let uri = RedirectURI(text) else { continue }
            #expect(uri.matches(registered: uri))
            #expect(text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            #expect(!uri.origin.contains("@"))
            #expect(!uri.text.contains("\\"))
        }
    }

    @Test func `scopes and user codes that were read are read the same again`() throws {
        for text in Self.texts(14) {
            if let scopes = try? Scopes(parsing: text) {
                #expect(try Scopes(parsing: scopes.description) == scopes)
            }
            if let code = UserCode(typed: text) {
                #expect(UserCode(typed: code.display) == code)
            }
        }
    }

    @Test func `no made-up text is a token`() {
        let format = TokenFormat(prefix: "kfr_")
        for text in Self.texts(15) {
            #expect(!format.accepts(text))
            #expect(!PKCE.verify(text, against: text))
        }
    }

    @Test func `no text crashes the decoding of a message`() {
        var generator = SeededGenerator(seed: 16)
        let whole = Array(#"{"active":true,"scope":"a b","exp":1,"aud":"x","access_token":"a","token_type":"b"}"#.utf8)
        for _ in 0..<Self.rounds {
            var bytes = whole
            for _ in 0...generator.below(3) {
                bytes[generator.below(bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
            }
            let json = Data(bytes.prefix(generator.below(bytes.count) + 1))
            let message = try? JSONDecoder().decode(IntrospectionReply.self, from: json)
            if let message { #expect(message.scope?.names.contains("") != true) }
            _ = try? JSONDecoder().decode(TokenReply.self, from: json)
        }
    }
}
