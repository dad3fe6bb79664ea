import KeyfobProtocol
import Testing

struct TokenFormatTests {
    private static let formats = [
        TokenFormat(prefix: "kfr_"), TokenFormat(prefix: "x", alphabet: .hexadecimal, length: 64),
        TokenFormat(prefix: "sk-", alphabet: .hexadecimal, length: 32, hasChecksum: false),
        TokenFormat(prefix: "", length: 43, hasChecksum: false),
    ]

    @Test func `a token has its prefix, its random part and its checksum`() {
        let token = TokenFormat(prefix: "kfr_").make(.seeded(1))
        #expect(token.hasPrefix("kfr_"))
        #expect(token.utf8.count == 4 + 43 + 6)
        let body = token.dropLast(6)
        #expect(String(token.suffix(6)) == Base62.encode(CRC32.checksum(body.utf8), width: 6))
    }

    @Test(arguments: formats)
    func `what a format makes it accepts`(format: TokenFormat) {
        let random = RandomBytes.seeded(2)
        for _ in 0..<100 {
            #expect(format.accepts(format.make(random)))
        }
    }

    /// CVE-2026-27840: a part of a valid token was taken for the token.
    @Test(arguments: formats)
    func `any prefix and any suffix of a valid token is refused`(format: TokenFormat) {
        let token = format.make(.seeded(3))
        for count in 0..<token.count {
            #expect(!format.accepts(String(token.prefix(count))))
            #expect(!format.accepts(String(token.suffix(count))))
        }
    }

    @Test(arguments: formats)
    func `anything in front of or behind a valid token is refused`(format: TokenFormat) {
        let token = format.make(.seeded(4))
        for more in ["a", "0", " ", "\n", "\0", "=", "\u{301}", token] {
            #expect(!format.accepts(token + more))
            #expect(!format.accepts(more + token))
        }
    }

    @Test func `every change of one character is caught by the checksum`() {
        let format = TokenFormat(prefix: "kfr_")
        let token = Array(format.make(.seeded(5)).utf8)
        for index in token.indices {
            for character in Base62.alphabet where character != token[index] {
                var changed = token
                changed[index] = character
                #expect(!format.accepts(String(decoding: changed, as: UTF8.self)))
            }
        }
    }

    @Test func `two neighbours that change places are caught by the checksum`() {
        let format = TokenFormat(prefix: "kfr_")
        let token = Array(format.make(.seeded(6)).utf8)
        for index in token.indices.dropLast() where token[index] != token[index + 1] {
            var changed = token
            changed.swapAt(index, index + 1)
            #expect(!format.accepts(String(decoding: changed, as: UTF8.self)))
        }
    }

    @Test func `foreign characters are refused, also those that Unicode holds for equal`() {
        let plain = TokenFormat(prefix: "K_", length: 8, hasChecksum: false)
        #expect(plain.accepts("K_abcdEFGH"))
        for text in [
            "\u{212A}_abcdEFGH", "\u{212A}_abcdEF", "K_abcdEF-H", "K_abcd\r\nGH", "K_abcdEFG\u{301}", "K_abcdÄFG",
        ] {
            #expect(!plain.accepts(text), "\(text)")
        }
        let hexadecimal = TokenFormat(prefix: "h_", alphabet: .hexadecimal, length: 8, hasChecksum: false)
        #expect(hexadecimal.accepts("h_0123abcf"))
        #expect(!hexadecimal.accepts("h_0123ABCF"))
        #expect(!hexadecimal.accepts("h_0123abcg"))
    }

    @Test func `a token of another prefix is refused although its checksum is right`() {
        let token = TokenFormat(prefix: "kfa_").make(.seeded(7))
        #expect(!TokenFormat(prefix: "kfr_").accepts(token))
    }

    @Test func `kept characters take the place of the first random ones`() {
        let format = TokenFormat(prefix: "kfr_", length: 65)
        let token = format.make(keeping: "family0", .seeded(8))
        #expect(token.hasPrefix("kfr_family0"))
        #expect(format.accepts(token))
    }

    /// FIPS 180-2 appendix B.1, in base64url.
    @Test func `the kept form is SHA-256`() {
        #expect(TokenFormat.hash("abc") == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
    }
}
