import KeyfobProtocol
import Testing

struct ChecksumTests {
    @Test func `the check value of CRC-32 is right`() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
    }

    @Test func `the checksum of nothing is zero`() {
        #expect(CRC32.checksum([]) == 0)
    }

    @Test(arguments: [
        (UInt32(0), "000000"), (1, "000001"), (9, "000009"), (10, "00000A"), (35, "00000Z"), (36, "00000a"),
        (61, "00000z"), (62, "000010"), (3_844, "000100"), (UInt32.max, "4gfFC3"),
    ])
    func `base62 counts with digits, then capitals, then small letters`(number: UInt32, text: String) {
        #expect(Base62.encode(number, width: 6) == text)
    }

    @Test func `base62 accepts letters and digits of ASCII and nothing else`() {
        #expect(Base62.accepts(String(decoding: Base62.alphabet, as: UTF8.self)))
        for text in ["a-b", "a_b", "a b", "ä", "\u{212A}", "a\0", "/", ":", "@", "[", "`", "{"] {
            #expect(!Base62.accepts(text), "\(text)")
        }
    }

    @Test func `six characters of base62 hold every checksum`() {
        #expect(Int(UInt32.max) < 62 * 62 * 62 * 62 * 62 * 62)
        #expect(Set(Base62.alphabet).count == 62)
    }
}
