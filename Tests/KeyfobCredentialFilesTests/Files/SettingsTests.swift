import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobYAMLFiles
import Testing

@Suite("Settings in a credential file")
struct SettingsTests {
    enum Format: String, CaseIterable {
        case json
        case toml
        case yaml

        var format: any DocumentFormat {
            switch self {
            case .json: .json
            case .toml: .toml
            case .yaml: .yaml
            }
        }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func file(_ format: Format) -> CredentialFile {
        CredentialFile(folder.path("config.\(format)"), .profiles, format: format.format)
    }

    @Test(arguments: Format.allCases)
    func `values of all kinds are set, read and removed`(_ format: Format) throws {
        let file = file(format)
        let values: [DocumentValue] = [
            .string("table"), .bool(true), .number(30), .number("1.5"), .list([.string("a"), .number(1)]),
            .table(DocumentTable([.init("x", .number(1))])),
        ]
        for value in values {
            try file.setValue(value, at: ["cli", "deep", "value"])
            #expect(try file.value(at: ["cli", "deep", "value"]) == value)
        }
        #expect(try file.removeValue(at: ["cli", "deep", "value"]))
        #expect(try file.removeValue(at: ["cli", "deep", "value"]) == false)
        #expect(!exists(file.path))
    }

    @Test(arguments: Format.allCases)
    func `a value does not make way for a table`(_ format: Format) throws {
        let file = file(format)
        try file.setValue(.string("x"), at: ["a"])
        #expect(code { () throws(CredentialStoreError) in try file.setValue(.bool(true), at: ["a", "b"]) } == .denied)
        #expect(try file.value(at: ["a"]) == .string("x"))
    }

    @Test(arguments: Format.allCases)
    func `the text for people has no token`(_ format: Format) throws {
        let file = file(format)
        try file.write(.full, for: "default")
        try file.write(.full, for: "work")
        try file.setValue(.string("at-hidden"), at: ["other", "key"])
        let text = try #require(
            try file.text(redacting: { String($0.reveal().prefix(2)) + "***" }, isSecret: { $0 == ["other", "key"] }))
        for token in ["at-1", "rt-1", "id-1", "at-hidden"] { #expect(!text.contains(token)) }
        #expect(text.contains("at***"))
        #expect(text.contains("ada@example.org"))
        #expect(try file.read("work") == .full)
    }

    @Test func `a token in a comment is not shown, and the default shows nothing of one`() throws {
        try folder.put("# token: old-one\nauth:\n  token: t-1\n", at: "config.yaml")
        #expect(try file(.yaml).text() == "auth:\n  token: \"<redacted>\"\n")
    }

    @Test(arguments: [
        ("true", DocumentValue.bool(true)), ("30", .number("30")), ("-1.5", .number("-1.5")), ("1e5", .string("1e5")),
        ("007", .string("007")), ("", .string("")), ("1.", .string("1.")), ("table", .string("table")),
    ])
    func `what people type is taken as they mean it`(_ typed: String, _ value: DocumentValue) {
        #expect(DocumentValue(typed: typed) == value)
    }
}
