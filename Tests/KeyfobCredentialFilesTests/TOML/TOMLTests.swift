import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

@Suite("TOML")
struct TOMLTests {
    private func parse(_ text: String) throws -> DocumentTable {
        try TOMLFormat().parse(Array(text.utf8))
    }

    /// The text after a change of the document that it says.
    private func edit(_ text: String, _ change: (inout DocumentTable) -> Void) throws -> String {
        var document = try parse(text)
        change(&document)
        return try TOMLFormat().text(of: document, over: Array(text.utf8))
    }

    // The kinds of values of TOML 1.0.
    @Test func `values of all kinds are understood`() throws {
        let document = try parse(
            """
            text = "a\\n\\u00e9"
            literal = 'C:\\x'
            long = \"\"\"
            one
            two\"\"\"
            whole = 1_000
            hex = 0xff
            fraction = 1790000900.25
            truth = true
            time = 1979-05-27T07:32:00.5-07:00
            local = 1979-05-27 07:32:00
            day = 1979-05-27
            clock = 07:32:00
            list = [1, "two", { three = 3 }]
            a.b = 1
            """)
        #expect(document["text"] == .string("a\n\u{E9}"))
        #expect(document["literal"] == .string("C:\\x"))
        #expect(document["long"] == .string("one\ntwo"))
        #expect(document["whole"] == .number(1000))
        #expect(document["hex"] == .number(255))
        #expect(document["clock"] == .date("07:32:00"))
        #expect(document["fraction"]?.double == 1_790_000_900.25)
        #expect(document["truth"] == .bool(true))
        #expect(document["time"] == .date("1979-05-27T07:32:00.5-07:00"))
        #expect(document["local"] == .date("1979-05-27 07:32:00"))
        #expect(document["day"] == .date("1979-05-27"))
        #expect(document["clock"] == .date("07:32:00"))
        let inner = DocumentTable([.init("three", .number(3))])
        #expect(document["list"] == .list([.number(1), .string("two"), .table(inner)]))
        #expect(document[["a", "b"][...]] == .number(1))
    }

    @Test func `names keep the order of the text`() throws {
        let document = try parse("z = 1\na = 2\n[t.y]\n[b]\nq = 1\nc = 2\n[t.x]\n[\"d e\"]\n")
        #expect(document.members.map(\.name) == ["z", "a", "t", "b", "d e"])
        #expect(document["t"]?.table?.members.map(\.name) == ["y", "x"])
        #expect(document["b"]?.table?.members.map(\.name) == ["q", "c"])
    }

    @Test(arguments: [
        "\u{0}\u{0}\u{0}", "token = ", "token = \"a", "= 1", "a = 1\na = 2", "[a]\n[a]", "{\"a\": 1}",
        "a = [1", "just words",
    ])
    func `what is no TOML is refused, and not quoted`(_ text: String) {
        let error = #expect(throws: DocumentSyntaxError.self) { try parse(text) }
        #expect(error?.description.contains("token") == false)
    }

    @Test func `a text that is not UTF-8, too large or nested too deeply is refused`() {
        let deep = "a = " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        let large = "a = \"" + String(repeating: "x", count: DocumentLimits.size) + "\""
        let texts = [[UInt8(ascii: "a"), 0x3D, 0x22, 0xFF, 0x22], Array(deep.utf8), Array(large.utf8)]
        for text in texts { #expect(throws: DocumentSyntaxError.self) { try TOMLFormat().parse(text) } }
    }

    @Test func `a changed value leaves comments, order and spelling of all others`() throws {
        let before = """
            # mine
            token = "old"  # from the portal
            org = 'a'
            number = 0x_F
            """
        let before2 = before.replacing("0x_F", with: "0x0F") + "\n\n# about b\n[b]\nkey = \"k\"\n"
        let after = try edit(before2) { document in
            document["token"] = .string("new")
            document["refresh_token"] = .string("r")
            document[["b", "name"][...]] = .string("n")
            document[["c", "d"][...]] = .table(DocumentTable([.init("e", .bool(true))]))
        }
        #expect(
            after == """
                # mine
                token = "new"  # from the portal
                org = 'a'
                number = 0x0F
                refresh_token = "r"

                # about b
                [b]
                key = "k"
                name = "n"

                [c.d]
                e = true

                """
        )
    }

    @Test func `a removed table takes its lines, and no other's`() throws {
        let before = """
            [a]
            x = 1

            # about b
            [b]
            y = 2

            [b.inner]
            z = [
              1, # ]
            ]

            [c]
            w = "#"
            """
        #expect(
            try edit(before) { $0["b"] = nil } == """
                [a]
                x = 1

                # about b
                [c]
                w = "#"
                """)
        #expect(try edit("[a]\nx = 1\n\n[b]\ny = 2\n") { $0["b"] = nil } == "[a]\nx = 1\n")
    }

    @Test func `the first value of the top level comes before the tables`() throws {
        let after = try edit("# about a\n[a]\nx = 1\n") { $0["token"] = .string("t") }
        #expect(after == "token = \"t\"\n\n# about a\n[a]\nx = 1\n")
        #expect(try edit("") { $0["token"] = .string("t") } == "token = \"t\"\n")
        #expect(try edit("# empty\n") { $0["token"] = .string("t") } == "# empty\ntoken = \"t\"\n")
    }

    @Test(arguments: [
        "a.b = 1\na.c = 2\n", "a = { b = 1, c = 2 }\n", "[[list]]\nx = 1\n[[list]]\nx = 2\n[a]\nb = 1\n",
        "[a.x]\n[a]\nb = 1\n", "\u{FEFF}[a]\r\nb = 1\r\n",
    ])
    func `however tables are written, a change says what it should`(_ before: String) throws {
        let change: (inout DocumentTable) -> Void = { document in
            document[["a", "b"][...]] = .string("\"]\n# 🔑")
            document[["a", "n e w"][...]] = .number("1.5")
            document[["a", "c"][...]] = nil
        }
        var expected = try parse(before)
        change(&expected)
        let after = try parse(try edit(before, change))
        #expect(after[["a", "b"][...]] == expected[["a", "b"][...]])
        #expect(after[["a", "n e w"][...]] == .number("1.5"))
        #expect(after[["a", "c"][...]] == nil)
        #expect(after["list"] == expected["list"])
        #expect(after[["a", "x"][...]] == expected[["a", "x"][...]])
    }

    @Test func `null is left out, and what has no word is an error`() throws {
        #expect(try TOMLFormat().text(of: DocumentTable([.init("a", .null), .init("b", .number(1))])) == "b = 1\n")
        #expect(throws: DocumentSyntaxError.self) {
            try TOMLFormat().text(of: DocumentTable([.init("a", .list([.null]))]))
        }
    }

    @Test func `a time is written without quotes, and what is none is refused`() throws {
        let document = DocumentTable([.init("t", .date("2024-12-31T00:00:00Z")), .init("u", .date("soon"))])
        #expect(throws: DocumentSyntaxError.self) { try TOMLFormat().text(of: document) }
        let time = DocumentTable([.init("t", .date("2024-12-31T00:00:00Z"))])
        #expect(try TOMLFormat().text(of: time) == "t = 2024-12-31T00:00:00Z\n")
    }
}
