import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobYAMLFiles
import Testing

@Suite("YAML")
struct YAMLTests {
    private func parse(_ text: String) throws -> DocumentTable {
        try YAMLFormat().parse(Array(text.utf8))
    }

    private func edit(_ text: String, _ change: (inout DocumentTable) -> Void) throws -> String {
        var document = try parse(text)
        change(&document)
        return try YAMLFormat().text(of: document, over: Array(text.utf8))
    }

    // YAML 1.2, section 10.3.2, and the timestamps of YAML 1.1.
    @Test(arguments: [
        ("", DocumentValue.null), ("~", .null), ("null", .null), ("true", .bool(true)), ("FALSE", .bool(false)),
        ("yes", .string("yes")), ("12", .number("12")), ("-1.5e3", .number("-1.5e3")), ("0xFF", .number("0xFF")),
        (".inf", .number(".inf")), ("1.2.3", .string("1.2.3")), ("0xtoken", .string("0xtoken")),
        ("2024-12-31", .date("2024-12-31")), ("2024-12-31T00:00:00Z", .date("2024-12-31T00:00:00Z")),
        ("\"12\"", .string("12")), ("'it''s'", .string("it's")), ("!!str 12", .string("12")), ("a # b", .string("a")),
        ("https://a.example:8080/x", .string("https://a.example:8080/x")),
        ("[1, a]", .list([.number("1"), .string("a")])),
    ])
    func `values of all kinds are understood`(_ text: String, _ value: DocumentValue) throws {
        #expect(try parse("x: \(text)\n")["x"] == value)
    }

    @Test(arguments: [
        "\u{0}\u{0}\u{0}", "token: \"a", "- token", "token", "token: [", "a: 1\na: 2", "a: 1\n---\nb: 2", "a: *token",
        "\ttoken: 1", "? [token]\n: 1", "a: b: token",
    ])
    func `what is no mapping in YAML is refused, and not quoted`(_ text: String) {
        let error = #expect(throws: DocumentSyntaxError.self) { try parse(text) }
        #expect(error?.description.contains("token") == false)
    }

    @Test func `aliases that make much out of little, and deep nesting, are refused`() {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            bomb +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        let deep = "a: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900)
        for text in [bomb, deep, "a: " + String(repeating: "x", count: DocumentLimits.size)] {
            #expect(throws: DocumentSyntaxError.self) { try parse(text) }
        }
    }

    @Test func `a text without any value is an empty document`() throws {
        for text in ["", "\n", "# only words\n", "---\n", "{}", "null"] { #expect(try parse(text) == DocumentTable()) }
    }

    // Readers of Unicode take the two names for one.
    @Test func `two spellings of one letter are not two names`() throws {
        #expect(throws: DocumentSyntaxError.self) { try parse("caf\u{E9}: 1\ncafe\u{301}: 2\n") }
        let two = DocumentTable([.init("caf\u{E9}", .number(1)), .init("cafe\u{301}", .number(2))])
        #expect(throws: DocumentSyntaxError.self) { try YAMLFormat().text(of: two) }
    }

    @Test func `a changed value leaves comments, order and spelling of all others`() throws {
        let before = """
            # mine
            auth:
              token: 'old'   # from the portal
              expires: 2024-12-31T00:00:00Z
            # about defaults
            defaults:
                output: "table"

            note: |
              # not a comment
              text

            """
        let after = try edit(before) { document in
            document[["auth", "token"][...]] = .string("new: #")
            document[["auth", "expires"][...]] = .date("2025-01-31T00:00:00Z")
            document[["auth", "store"][...]] = .string("keyring")
            document[["defaults", "project"][...]] = .string("123")
            document[["profiles", "work", "token"][...]] = .string("w")
        }
        #expect(
            after == """
                # mine
                auth:
                  token: "new: #"   # from the portal
                  expires: 2025-01-31T00:00:00Z
                  store: keyring
                # about defaults
                defaults:
                    output: "table"
                    project: "123"

                note: |
                  # not a comment
                  text
                profiles:
                  work:
                    token: w

                """
        )
    }

    @Test func `a removed mapping takes its lines, and no other's`() throws {
        let before = "a:\n  x: 1\n  y:\n    - 1\n    - 2\n# about b\nb: 2\n"
        #expect(try edit(before) { $0["a"] = nil } == "# about b\nb: 2\n")
        #expect(try edit(before) { $0[["a", "y"][...]] = nil } == "a:\n  x: 1\n# about b\nb: 2\n")
        #expect(try edit(before) { $0["b"] = nil } == "a:\n  x: 1\n  y:\n    - 1\n    - 2\n# about b\n")
        #expect(try edit("# words\n") { $0[["a", "b"][...]] = .number(1) } == "# words\na:\n  b: 1\n")
    }

    @Test(arguments: [
        "a: {b: 1, c: 2}\n", "a: &x\n  b: 1\n  c: 2\nd: *x\n", "a:\n  b: >\n    long\n    text\n  c: 2\n",
        "a:\n  b: one\n    two\n  c: 2\n", "a:\n  \"b\": \"x\\\n    y\"\n  c: 2\nd:\n",
        "a: # words\n  b: !!int 1\n  c:\n  - 1\n",
        "---\na:\r\n  b: 1\r\n  c: 2\r\n", "a:\n  ? b\n  : 1\n  c: 2\n...\n", "{}", "a: {}\n", "a:\n",
    ])
    func `however mappings are written, a change says what it should`(_ before: String) throws {
        let change: (inout DocumentTable) -> Void = { document in
            document[["a", "b"][...]] = .string("'\"]\n# 🔑")
            document[["a", "n e w"][...]] = .number("1.5")
            document[["a", "c"][...]] = nil
        }
        var expected = try parse(before)
        change(&expected)
        let after = try parse(try edit(before, change))
        #expect(after == expected)
    }

    @Test(arguments: [
        "", " ", "yes", "No", "null", "~", "123", "0x1F", "1_000", "12:30:45", "1e5", "2024-12-31", "- a", "a: b",
        "a #b", "#a",
        "!a", "&a", "*a", "@a", "`a", "%a", "'a", "\"a", "{a", "[a", "|", ">", "a\nb", "a\tb", "é", "a:", "?", "---",
        "...",
        "\u{85}\u{2028}\u{FEFF}\u{7F}\u{1}", "=", "<<", "true", ".5", "-1", "+1", ".inf", "product_abc-1.2/3@x:y",
    ])
    func `any text is a value and a name`(_ text: String) throws {
        let document = DocumentTable([.init(text, .string(text)), .init("list", .list([.string(text)]))])
        let written = try YAMLFormat().text(of: document)
        #expect(try parse(written) == document)
    }

    @Test func `plain words stand without quotes`() throws {
        let document = DocumentTable([
            .init("project", .string("my-project")), .init("url", .string("https://a.example")),
        ])
        #expect(try YAMLFormat().text(of: document) == "project: my-project\nurl: https://a.example\n")
    }
}
