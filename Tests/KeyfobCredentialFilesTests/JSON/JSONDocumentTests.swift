import KeyfobCredentialFiles
import Testing

@Suite("Changing JSON")
struct JSONDocumentTests {
    private func parse(_ text: String) throws -> DocumentTable {
        try JSONFormat().parse(Array(text.utf8))
    }

    @Test func `a text is written with two spaces a level, as most programs do`() throws {
        let document = try parse(#"{"a":{"b":[1,{"c":null}],"d":[],"e":{}},"f":"x"}"#)
        #expect(
            document.text() == """
                {
                  "a": {
                    "b": [
                      1,
                      {
                        "c": null
                      }
                    ],
                    "d": [],
                    "e": {}
                  },
                  "f": "x"
                }

                """
        )
    }

    @Test func `only what must be is escaped`() throws {
        let document = DocumentTable([.init("é/\"", .string("\\ \n\r\t\u{1}\u{1F}\u{7F} 🔑 </"))])
        #expect(
            document.text(indent: nil) == #"{"é/\"":"\\ \n\r\t\u0001\u001f\u007f 🔑 </"}"# + "\n"
        )
    }

    @Test func `a changed member stays in its place and a new one comes last`() throws {
        var document = try parse(#"{"a":1,"b":2,"c":3}"#)
        document["b"] = .string("new")
        document["d"] = .bool(true)
        document["a"] = nil
        #expect(document.text(indent: nil) == #"{"b":"new","c":3,"d":true}"# + "\n")
    }

    @Test func `a path sets and removes what is deep inside`() throws {
        var document = try parse(#"{"a":{"x":1}}"#)
        document[["a", "b", "c"][...]] = .number(2)
        #expect(document.text(indent: nil) == #"{"a":{"x":1,"b":{"c":2}}}"# + "\n")
        #expect(document[["a", "b", "c"][...]] == .number(2))
        document[["a", "b", "c"][...]] = nil
        document[["none", "here"][...]] = nil
        #expect(document.text(indent: nil) == #"{"a":{"x":1,"b":{}}}"# + "\n")
    }

    // ECMA-48: U+009B alone begins what commands a terminal.
    @Test func `no control character is written as it is`() {
        let document = DocumentTable([.init("a", .string("\u{1B}\u{7F}\u{80}\u{9B}\u{9F}\u{A0}"))])
        #expect(document.text(indent: nil) == "{\"a\":\"\\u001b\\u007f\\u0080\\u009b\\u009f\u{A0}\"}\n")
    }
}
