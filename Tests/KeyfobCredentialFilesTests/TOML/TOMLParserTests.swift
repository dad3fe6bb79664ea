import KeyfobCredentialFiles
import Testing

// The rules of TOML 1.0; each verdict is also that of Python's tomllib.
@Suite("Reading TOML")
struct TOMLParserTests {
    private func parse(_ text: String) throws -> DocumentTable {
        try TOMLFormat().parse(Array(text.utf8))
    }

    @Test(arguments: [
        (#""\b\t\n\f\r\"\\\u00E9\U0001F511""#, "\u{8}\t\n\u{C}\r\"\\\u{E9}\u{1F511}"), (#"'\n "'"#, #"\n ""#),
        ("\"\"\"\n a\r\nb\"\"\"", " a\nb"), ("\"\"\"a\\\n   \n  b\"\"\"", "ab"), ("\"\"\"\"x\"\"\"\"\"", "\"x\"\""),
        ("'''\n'a''b'''", "'a''b"), ("\"\"", ""), ("''''''", ""), (#""\u0000""#, "\u{0}"),
    ])
    func `strings of all four kinds are read`(_ spelling: String, _ text: String) throws {
        #expect(try parse("x = \(spelling)")["x"] == .string(text))
    }

    @Test(arguments: [
        ("0", "0"), ("-0", "-0"), ("+99", "99"), ("1_000", "1000"), ("0xDEAD_beef", "3735928559"), ("0o755", "493"),
        ("0b1101", "13"), ("3.14", "3.14"), ("-0.01", "-0.01"), ("5e+22", "5e22"), ("1e06", "1e06"),
        ("6.6_2e-3_4", "6.62e-34"), ("-inf", "-inf"), ("nan", "nan"), ("9223372036854775807", "9223372036854775807"),
    ])
    func `numbers are read`(_ spelling: String, _ number: String) throws {
        #expect(try parse("x = \(spelling)")["x"] == .number(number))
    }

    private static let noValues = [
        "01", "1__0", "_1", "1_", "0x", "0x_1", "-0x1", "0xG", "1.", ".5", "1.e1", "1e", "1e1.5", "+-1", "infinity",
        "1979-05-27T", "1979-05-27Tx", "1979-13-01", "1979-02-30", "25:00:00", "07:32", "07:32:00Z", "12-31", "True",
        "x", "[1", "[1,,2]", "[,]", "{ a = 1, }", "{ a = 1\n}", "{ a = 1, a = 2 }", "{ a.b = 1, a = 2 }", "\"a\nb\"",
        "'a\nb'", "\"\\x41\"", "\"\\u12\"", "\"\\uD800\"", "\"\"\"a", "'''a''", "\"a\u{1}\"", "1 2", "a\rb", "# c",
    ]

    @Test(arguments: noValues)
    func `what is no value is refused`(_ spelling: String) {
        #expect(throws: DocumentSyntaxError.self) { try parse("x = \(spelling)\n") }
    }

    // TOML leaves the range to the reader, and asks for an error beyond it.
    @Test func `a whole number of more than 64 bits is refused`() {
        #expect(throws: DocumentSyntaxError.self) { try parse("x = 9223372036854775808") }
    }

    private static let noDocuments = [
        "a = 1\na = 2", "[a]\n[a]", "a = 1\n[a]", "[a]\nb = 1\n[a.b]", "a.b = 1\n[a]", "a = {}\n[a.b]",
        "a = {}\na.b = 1",
        "[[a]]\n[a]", "[a]\n[[a]]", "a = []\n[[a]]", "[a.b.c]\n[a]\nb.c.d = 1", "a = 1\na.b = 2", "[]", "[a", "[a]]",
        "[[a]", "[.a]", "[a.]", "[a] b = 1", "= 1", "a", "a =", "a.", "a b = 1", "\"\"\"a\"\"\" = 1", "[ [a] ]",
    ]

    @Test(arguments: noDocuments)
    func `what is defined twice, or is no statement, is refused`(_ text: String) {
        #expect(throws: DocumentSyntaxError.self) { try parse(text) }
    }

    @Test(arguments: [
        ("[a.b]\n[a]\nc = 1", #"{"a":{"b":{},"c":1}}"#),
        ("[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]", #"{"a":[{"x":1,"b":{"y":2}},{}]}"#),
        ("a.b = 1\na.c = 2", #"{"a":{"b":1,"c":2}}"#),
        ("[a]\nb.c = 1\n[a.b.d]\ne = 2", #"{"a":{"b":{"c":1,"d":{"e":2}}}}"#),
        ("[ a . \"b.c\" . 'd' ]", #"{"a":{"b.c":{"d":{}}}}"#),
        ("\"\" = 1\n1.2 = 3", #"{"":1,"1":{"2":3}}"#),
        ("a = [ # c\n [1, 2,],\n 'x'\n,]", #"{"a":[[1,2],"x"]}"#),
        ("a = { b.c = 1, b.d = 2 }", #"{"a":{"b":{"c":1,"d":2}}}"#),
    ])
    func `tables come together`(_ text: String, _ json: String) throws {
        #expect(try parse(text).text(indent: nil) == json + "\n")
    }

    @Test func `an error says where it is`() {
        let error = #expect(throws: DocumentSyntaxError.self) { try parse("a = 1\n\nb = 2024-12-31Tx\n") }
        #expect(error?.line == 3)
        #expect(error?.column == 5)
    }

    // Looking through all names for each one took five minutes.
    @Test(.timeLimit(.minutes(1))) func `a table of many names is read in a moment`() throws {
        let text = (0..<20_000).map { "name\($0) = \($0)\n" }.joined()
        #expect(try parse(text)["name19999"] == .number("19999"))
    }
}
