import FoundationEssentials
import KeyfobProtocol
import Testing

/// [RFC 6749 section 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
struct ScopesTests {
    @Test func `names are separated by spaces and keep their order, each once`() throws {
        let scopes = try Scopes(parsing: "write read write openid")
        #expect(scopes.names == ["write", "read", "openid"])
        #expect(scopes.description == "write read openid")
    }

    @Test func `nothing and spaces alone are no names`() throws {
        #expect(try Scopes(parsing: "").isEmpty)
        #expect(try Scopes(parsing: "   ").isEmpty)
    }

    @Test func `every character of the grammar is accepted and every other is refused`() throws {
        for byte in UInt8(0)...127 where byte != 0x20 {
            let name = "a" + String(UnicodeScalar(byte)) + "b"
            let isAllowed = byte == 0x21 || (0x23...0x5B).contains(byte) || (0x5D...0x7E).contains(byte)
            if isAllowed {
                #expect(try Scopes(parsing: name).names == [name])
            } else {
                #expect(throws: Scopes.ParsingError.invalidName(name)) { try Scopes(parsing: name) }
            }
        }
    }

    @Test(arguments: ["ü", "a\u{A0}b", "read\u{301}", "read\t", "a\r\nb", "\u{200B}", " \u{301}read"])
    func `characters outside of ASCII and white space but the space are refused`(text: String) {
        #expect(throws: Scopes.ParsingError.self) { try Scopes(parsing: text) }
    }

    @Test func `an empty name in a list is refused`() {
        #expect(throws: Scopes.ParsingError.invalidName("")) { try Scopes(validating: ["read", ""]) }
        #expect(throws: Scopes.ParsingError.invalidName("read write")) { try Scopes(validating: ["read write"]) }
    }

    @Test func `too many or too long names are refused`() throws {
        let many = (0...Scopes.limit).map { "s\($0)" }
        #expect(throws: Scopes.ParsingError.tooMany) { try Scopes(validating: many) }
        #expect(try Scopes(validating: Array(many.dropLast())).names.count == Scopes.limit)
        #expect(throws: Scopes.ParsingError.tooMany) { try Scopes(parsing: String(repeating: "a", count: 257)) }
        #expect(try Scopes(parsing: String(repeating: "a", count: 256)).names.count == 1)
    }

    @Test func `sets are compared by name`() {
        let all = Scopes(["a", "b", "c"])
        #expect(Scopes(["c", "a"]).isSubset(of: all))
        #expect(Scopes().isSubset(of: all))
        #expect(!Scopes(["a", "A"]).isSubset(of: all))
        #expect(all.subtracting(Scopes(["b", "x"])) == Scopes(["a", "c"]))
        #expect(all.contains("b"))
        #expect(!all.contains("B"))
    }

    @Test func `the JSON form is one text, and a malformed one does not decode`() throws {
        let json = Data(#"{"scope":"read write"}"#.utf8)
        let decoded = try JSONDecoder().decode([String: Scopes].self, from: json)
        #expect(decoded == ["scope": Scopes(["read", "write"])])
        #expect(try JSONEncoder().encode(decoded) == json)
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode([String: Scopes].self, from: Data(#"{"scope":"a\u0022b"}"#.utf8))
        }
    }
}
