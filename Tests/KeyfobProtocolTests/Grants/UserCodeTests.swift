import KeyfobProtocol
import Testing

/// [RFC 8628 section 6.1](https://www.rfc-editor.org/rfc/rfc8628#section-6.1).
struct UserCodeTests {
    @Test(arguments: [
        "WDJB-MJHT", "wdjb-mjht", "WDJBMJHT", "wdjb mjht", " wDjB - MjHt ", "W D J B M J H T", "WDJB\u{2013}MJHT",
        "WDJB\u{2011}MJHT", "WDJB\u{2014}MJHT", "WDJB_MJHT", "\tWDJB\u{A0}MJHT",
    ])
    func `every way of typing the example of RFC 8628 is the same code`(typed: String) throws {
        let code = try #require(UserCode(typed: typed))
        #expect(code.normalized == "WDJBMJHT")
        #expect(code.display == "WDJB-MJHT")
    }

    @Test(arguments: [
        "", "   ", "ABC", "----", "WDJB.MJHT", "WDJB/MJHT", "WDJB\nMJHT", "WDJB\0MJHT", "WDJBMJHÜ", "ＷＤＪＢ-ＭＪＨＴ",
        "WDJB-MJHT'--", "<script>", "WD\u{301}JBMJHT", "ßßßß", "ﬁﬁﬁﬁ", "\u{212A}BCD-EFGH",
        "ABCDEFGHABCDEFGHABCDEFGHABCDEFGHA",
    ])
    func `what cannot be a code is refused`(typed: String) {
        #expect(UserCode(typed: typed) == nil)
    }

    @Test func `long text is refused before it is read`() {
        #expect(UserCode(typed: "WDJBMJHT" + String(repeating: " ", count: 56)) != nil)
        #expect(UserCode(typed: "WDJBMJHT" + String(repeating: " ", count: 57)) == nil)
    }

    @Test func `random codes have the form of their format`() throws {
        let random = RandomBytes.seeded(3)
        for _ in 0..<200 {
            let letters = UserCode(random: random)
            #expect(letters.normalized.utf8.count == 8)
            #expect(letters.normalized.allSatisfy { "BCDFGHJKLMNPQRSTVWXZ".contains($0) })
            let mixed = UserCode(.lettersAndDigits, random: random)
            #expect(mixed.normalized.prefix(4).allSatisfy { "BCDFGHJKLMNPQRSTVWXZ".contains($0) })
            #expect(mixed.normalized.dropFirst(4).allSatisfy { ("0"..."9").contains($0) })
            #expect(mixed.normalized.count == 8)
            #expect(UserCode(typed: letters.display) == letters)
            #expect(UserCode(typed: mixed.display.lowercased()) == mixed)
        }
    }

    @Test func `placeholders show the form`() {
        #expect(UserCode.Format.lettersAndDigits.placeholder == "ABCD-1234")
        #expect(UserCode.Format.letters.placeholder == "ABCD-EFGH")
    }
}
