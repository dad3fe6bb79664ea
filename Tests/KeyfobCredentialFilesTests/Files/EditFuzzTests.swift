import KeyfobCredentialFiles
import KeyfobYAMLFiles
import Testing

@Suite("Changing whatever a file says")
struct EditFuzzTests {
    private static let toml = """
        # mine
        a.b = "x" # y
        'q' = [1, { c = '#' }]
        [t]
        u = \"\"\"
        v\"\"\"
        [[l]]
        w = 2024-12-31
        [t."d e"]
        """

    private static let yaml = """
        # mine
        a: {b: "x"} # y
        'q':
          - 1
          - c: '#'
        t:
          u: |
            v
          "d e": &w 2024-12-31
        l: *w

        """

    @Test(arguments: [(TOMLFormat() as any DocumentFormat, toml), (YAMLFormat(), yaml)])
    func `a change says what it should, or is refused, however the text is garbled`(
        _ format: any DocumentFormat, _ text: String
    ) throws {
        let bytes = Array(text.utf8)
        var understood = 0
        for position in bytes.indices {
            for byte in "\n\"#]}:".utf8 {
                var changed = bytes
                changed[position] = byte
                guard let document = try? format.parse(changed) else { continue }
                understood += 1
                for path in [["t", "u"], ["a", "b"], ["t", "new"], ["new", "x"], ["q"]] {
                    try check(format, document, over: changed, path, .string("z"))
                    try check(format, document, over: changed, path, nil)
                }
            }
        }
        #expect(understood > 100)
    }

    private func check(
        _ format: any DocumentFormat, _ document: DocumentTable, over old: [UInt8], _ path: [String],
        _ value: DocumentValue?
    ) throws {
        var target = document
        target[path[...]] = value
        guard let text = try? format.text(of: target, over: old) else { return }
        let read = try format.parse(Array(text.utf8))
        if read[path[...]] != value { Issue.record("\(path) in \(String(decoding: old, as: UTF8.self))") }
    }

    @Test(arguments: [(TOMLFormat() as any DocumentFormat, toml), (YAMLFormat(), yaml)])
    func `a text that is cut short is an error or a shorter document, and no crash`(
        _ format: any DocumentFormat, _ text: String
    ) throws {
        let bytes = Array(text.utf8)
        for length in bytes.indices {
            guard let document = try? format.parse(Array(bytes[..<length])) else { continue }
            try check(format, document, over: Array(bytes[..<length]), ["new", "x"], .number(1))
        }
    }
}
