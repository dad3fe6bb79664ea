import KeyfobCredentialFiles
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    private func parse(_ text: String) throws -> DocumentTable {
        try JSONFormat().parse(Array(text.utf8))
    }

    // The example object of RFC 8259, section 13.
    @Test func `the RFC's example is understood`() throws {
        let text = """
            {
              "Image": {
                  "Width":  800,
                  "Height": 600,
                  "Title":  "View from 15th Floor",
                  "Thumbnail": {
                      "Url":    "http://www.example.com/image/481989943",
                      "Height": 125,
                      "Width":  100
                  },
                  "Animated" : false,
                  "IDs": [116, 943, 234, 38793]
                }
            }
            """
        let image = try #require(try parse(text)["Image"]?.table)
        #expect(image.members.map(\.name) == ["Width", "Height", "Title", "Thumbnail", "Animated", "IDs"])
        #expect(image["Width"] == .number(800))
        #expect(image["Title"]?.text == "View from 15th Floor")
        #expect(image["Thumbnail"]?.table?["Url"]?.text == "http://www.example.com/image/481989943")
        #expect(image["Animated"] == .bool(false))
        #expect(image["IDs"]?.elements == [.number(116), .number(943), .number(234), .number(38_793)])
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9 é""#, "\u{E9} \u{E9}"),
        (#""\ud834\udd1e""#, "𝄞"), (#""\uD83D\uDD11!""#, "🔑!"), (#""\u0000""#, "\u{0}"), (#""""#, ""),
    ])
    func `strings are read as RFC 8259 section 7 says`(_ spelling: String, _ text: String) throws {
        #expect(try parse("{\"x\": \(spelling)}")["x"] == .string(text))
    }

    @Test(arguments: ["0", "-0", "12", "1.50", "1e400", "-1.0E+2", "2e-7", "123456789012345678901234567890"])
    func `numbers keep their spelling`(_ spelling: String) throws {
        let document = try parse("{\"x\": \(spelling)}")
        #expect(document["x"] == .number(spelling))
        #expect(document.text(indent: nil) == "{\"x\":\(spelling)}\n")
    }

    @Test(arguments: [
        "", " ", "\u{0}\u{0}", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{'a':1}",
        "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":NaN}",
        "{\"a\":tru}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":\"", "{} {}", "{}x",
        "[]", "\"a\"", "null", "// a comment\n{}", "{\"a\" 1}",
    ])
    func `what RFC 8259 does not allow is refused`(_ text: String) {
        #expect(throws: DocumentSyntaxError.self) { try parse(text) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let bytes = Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
        #expect(throws: DocumentSyntaxError.self) { try JSONFormat().parse(bytes) }
    }

    @Test func `a byte order mark is skipped`() throws {
        #expect(try parse("\u{FEFF}{\"a\":1}")["a"] == .number(1))
    }

    @Test func `the last of two members of one name counts`() throws {
        #expect(try parse("{\"a\":1,\"a\":2}")["a"] == .number(2))
    }

    @Test func `an error says where it is`() {
        let error = #expect(throws: DocumentSyntaxError.self) { try parse("{\n  \"a\": 1,\n  \"b\": tru\n}") }
        #expect(error?.line == 3)
        #expect(error?.column == 8)
        #expect(error.map { "\($0)" } == "this is not a value at line 3, column 8")
    }

    @Test func `an error quotes nothing of the text`() {
        let error = #expect(throws: DocumentSyntaxError.self) { try parse("{\"token\": sk_pat_secret}") }
        #expect(error.map { "\($0)".contains("sk_pat") } == false)
    }

    @Test func `depth is bounded, and the bound itself is allowed`() throws {
        func nested(_ depth: Int) -> String {
            "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        _ = try parse(nested(DocumentLimits.depth - 1))
        #expect(throws: DocumentSyntaxError.self) { try parse(nested(DocumentLimits.depth)) }
        #expect(throws: DocumentSyntaxError.self) { try parse(nested(200_000)) }
    }

    @Test func `size is bounded`() {
        let filler = String(repeating: "x", count: DocumentLimits.size)
        #expect(throws: DocumentSyntaxError.self) { try parse("{\"a\":\"\(filler)\"}") }
    }

    @Test func `every text that is cut short is an error and no crash`() throws {
        let whole = Array(#"{"a": [1.5e3, "\ud83d\udd11é", {"b": null}], "c": true}"#.utf8)
        for length in 0..<whole.count {
            #expect(throws: DocumentSyntaxError.self) { try JSONFormat().parse(Array(whole[..<length])) }
        }
        _ = try JSONFormat().parse(whole)
    }

    @Test func `any single changed byte is read or refused, never a crash`() {
        let whole = Array(#"{"a": [1.5e3, "\ud83d\udd11é", {"b": null}], "c": true}"#.utf8)
        for index in whole.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = whole
                changed[index] = byte
                guard let document = try? JSONFormat().parse(changed) else { continue }
                // What was read is written so that it reads the same.
                #expect((try? JSONFormat().parse(Array(document.text().utf8))) == document)
            }
        }
    }
}
