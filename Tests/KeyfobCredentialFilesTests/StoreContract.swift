import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobYAMLFiles
import Testing

/// What every credential store does, whatever it keeps its credentials in.
@Suite("The contract of credential stores")
struct StoreContract {
    enum Kind: CaseIterable {
        case memory
        case jsonFile
        case tomlFile
        case yamlFile
        case profilesInYAML
        case profilesInTOML
        case keyring
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func store(_ kind: Kind) -> any CredentialStore {
        switch kind {
        case .memory: MemoryCredentialStore()
        case .jsonFile: CredentialFile(folder.path("keyfob/credentials.json"))
        case .tomlFile: CredentialFile(folder.path("keyfob/credentials.toml"), format: .toml)
        case .yamlFile: CredentialFile(folder.path("keyfob/credentials.yaml"), format: .yaml)
        case .profilesInYAML: CredentialFile(folder.path("product/config.yaml"), .profiles, format: .yaml)
        case .profilesInTOML: CredentialFile(folder.path("product/config.toml"), .profiles, format: .toml)
        case .keyring: StoreOfSecretsApart(folder, MemorySecrets())
        }
    }

    @Test(arguments: Kind.allCases)
    func `a key that was never written reads as nil, is not listed, and is not there to delete`(_ kind: Kind) throws {
        let store = store(kind)
        #expect(try store.read("https://a.example") == nil)
        #expect(try store.list() == [])
        #expect(try store.delete("https://a.example") == false)
    }

    @Test(arguments: Kind.allCases)
    func `a credential reads back whole`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.full, for: "https://a.example")
        #expect(try store.read("https://a.example") == .full)
    }

    @Test(arguments: Kind.allCases)
    func `a credential with nothing but a token reads back as such`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.pasted("at-2"), for: "k")
        #expect(try store.read("k") == .pasted("at-2"))
    }

    @Test(arguments: Kind.allCases)
    func `a second write replaces the first one and leaves none of its parts`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.full, for: "k")
        try store.write(.pasted("at-2"), for: "k")
        #expect(try store.read("k") == .pasted("at-2"))
        #expect(try store.list() == ["k"])
    }

    @Test(arguments: Kind.allCases)
    func `keys are listed once, in the order of their first write`(_ kind: Kind) throws {
        let store = store(kind)
        for key in ["b", "a", "c", "a"] { try store.write(.pasted("token of \(key)"), for: key) }
        #expect(try store.list() == ["b", "a", "c"])
    }

    @Test(arguments: Kind.allCases)
    func `deleting takes one key, once, and leaves the others`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.full, for: "a")
        try store.write(.pasted("at-2"), for: "b")
        #expect(try store.delete("a"))
        #expect(try store.delete("a") == false)
        #expect(try store.read("a") == nil)
        #expect(try store.read("b") == .pasted("at-2"))
        #expect(try store.list() == ["b"])
    }

    @Test(arguments: Kind.allCases)
    func `a store that lost its last credential takes new ones`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.full, for: "a")
        try store.delete("a")
        try store.write(.pasted("at-2"), for: "a")
        #expect(try store.read("a") == .pasted("at-2"))
    }

    @Test(
        arguments: Kind.allCases,
        [
            "", "a\"b\\c", "two words", "line\nfeed", "https://[::1]:8080/x?y=z#w", "schlüssel 🔑", "current", "issuers",
            "default", "123", "~", "a.b", "# x",
        ]
    )
    func `any text is a key`(_ kind: Kind, _ key: String) throws {
        let store = store(kind)
        try store.write(.full, for: key)
        #expect(try store.read(key) == .full)
        #expect(try store.list() == [key])
        #expect(try store.delete(key))
    }

    // RFC 8414, section 3.3: issuers are compared code point by code point.
    // YAML readers take the two for one name, and such a file is refused: YAMLTests shows that.
    @Test(arguments: [Kind.memory, .jsonFile, .tomlFile, .profilesInTOML])
    func `two spellings of one letter are two keys`(_ kind: Kind) throws {
        let store = store(kind)
        try store.write(.pasted("composed"), for: "caf\u{E9}")
        try store.write(.pasted("decomposed"), for: "cafe\u{301}")
        #expect(try store.read("caf\u{E9}") == .pasted("composed"))
        #expect(try store.read("cafe\u{301}") == .pasted("decomposed"))
        #expect(try store.list().count == 2)
    }

    @Test(arguments: Kind.allCases)
    func `tasks that write different keys at once all find theirs`(_ kind: Kind) async throws {
        let store = store(kind)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<16 {
                group.addTask { try store.write(.pasted("token \(number)"), for: "key \(number)") }
            }
            try await group.waitForAll()
        }
        for number in 0..<16 { #expect(try store.read("key \(number)") == .pasted("token \(number)")) }
        #expect(try store.list().count == 16)
    }
}
