import KeyfobProtocol
import Testing

/// [RFC 6749 appendix B](https://www.rfc-editor.org/rfc/rfc6749#appendix-B).
struct FormFieldsTests {
    @Test func `the example of RFC 6749 appendix B is encoded and decoded`() throws {
        let encoded = "+%25%26%2B%C2%A3%E2%82%AC"
        #expect(PercentEncoding.encodeForm(" %&+£€") == encoded)
        #expect(PercentEncoding.decodeForm(encoded.utf8) == " %&+£€")
        #expect(FormFields([("v", " %&+£€")]).encoded == "v=" + encoded)
    }

    @Test func `only unreserved characters of RFC 3986 stay as they are`() {
        let unreserved = "ABCXYZabcxyz0189-._~"
        #expect(PercentEncoding.encode(unreserved) == unreserved)
        #expect(
            PercentEncoding.encode(" !*'();:@&=+$,/?#[]%\"")
                == "%20%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D%25%22")
    }

    @Test func `fields keep their order and repeats`() throws {
        let fields = try FormFields(parsing: "b=2&a=1&b=3")
        #expect(fields.fields.map(\.name) == ["b", "a", "b"])
        #expect(fields.fields.map(\.value) == ["2", "1", "3"])
        #expect(fields.encoded == "b=2&a=1&b=3")
        #expect(fields[name: "b"] == "2")
        #expect(fields[name: "c"] == nil)
    }

    @Test func `what is encoded is read back as it was`() throws {
        var fields = FormFields([("grant_type", "x y"), ("left out", nil), ("empty", "")])
        fields.append("ü=&", "\r\n+%")
        #expect(try FormFields(parsing: fields.encoded) == fields)
        #expect(fields.fields.count == 3)
    }

    @Test func `a value keeps its equals signs, and a name may have none`() throws {
        let fields = try FormFields(parsing: "a=b=c&d&=e")
        #expect(fields.fields.map(\.name) == ["a", "d", ""])
        #expect(fields.fields.map(\.value) == ["b=c", "", "e"])
    }

    @Test func `empty pairs are no fields`() throws {
        #expect(try FormFields(parsing: "").fields.isEmpty)
        #expect(try FormFields(parsing: "&&a=1&").fields.count == 1)
    }

    @Test func `escapes are read in either case, in names too`() throws {
        #expect(try FormFields(parsing: "%61=%c3%BC")[name: "a"] == "ü")
    }

    @Test(arguments: [
        "a=%", "a=%4", "a=%zz", "a=%G0", "a=%+1", "%=1", "a=%FF", "a=%C3", "a=%ED%A0%80", "a=%C0%80", "a=x%00y",
        "%00=1",
    ])
    func `a broken escape, a NUL and bytes that are not UTF-8 are refused`(text: String) {
        #expect(throws: FormFields.ParsingError.malformedEscape) { try FormFields(parsing: text) }
    }

    /// "Request and response parameters MUST NOT be included more than once", RFC 6749 section 3.2.
    @Test func `a parameter that appears twice is refused, even with the same or an empty value`() throws {
        for text in ["code=1&code=1", "code=&code=1", "code=1&code=", "code=1&x=2&co%64e=1"] {
            let fields = try FormFields(parsing: text)
            #expect(throws: FormFields.ParsingError.repeated(name: "code")) { try fields.single("code") }
        }
    }

    /// "Parameters sent without a value MUST be treated as if they were omitted", RFC 6749 section 3.1.
    @Test func `a parameter without a value counts as absent`() throws {
        let fields = try FormFields(parsing: "scope=&state&code=x")
        #expect(try fields.single("scope") == nil)
        #expect(try fields.single("state") == nil)
        #expect(try fields.single("code") == "x")
        #expect(try fields.single("nonce") == nil)
    }
}
