import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

@Suite("Tokens kept apart from their file")
struct SecretsApartTests {
    private let folder: TemporaryFolder
    private let secrets = MemorySecrets()
    private let warnings = Warnings()
    private let file: CredentialFile

    init() throws {
        folder = try TemporaryFolder()
        let apart = SecretsApart(store: secrets, product: "product", sharedLockFolder: folder.path("locks"))
        file = CredentialFile(folder.path("config.toml"), .profiles, format: .toml, secrets: apart, warnings: warnings)
    }

    @Test func `the file holds all but the tokens, and says where they are`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        #expect(
            try text(of: file.path) == """
                [profiles.work]
                token_type = "DPoP"
                expires = 2026-09-21T14:28:20Z
                scope = "openid projects.read"
                client_id = "keyfob"
                account = "ada@example.org"
                origin = "login"
                created_at = 2026-09-21T14:13:20Z
                store = "keyring"

                """)
        #expect(secrets.keys == ["product:work"])
        #expect(try file.read("work") == .full)
        #expect(try file.keepsSecretsApart(for: "work"))
    }

    @Test func `a refresh keeps the tokens where they are`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        var next = Credential.full
        next.accessToken = Secret("at-2")
        next.refreshToken = Secret("rt-2")
        try file.write(next, for: "work")
        #expect(try file.read("work") == next)
        #expect(try text(of: file.path).contains("at-2") == false)
    }

    @Test func `tokens that move leave nothing behind`() throws {
        try file.write(.full, for: "work")
        #expect(secrets.keys == [])
        try file.write(.full, for: "work", keepingSecretsApart: true)
        #expect(try text(of: file.path).contains("at-1") == false)
        try file.write(.full, for: "work", keepingSecretsApart: false)
        #expect(secrets.keys == [])
        #expect(try file.read("work") == .full)
        #expect(try text(of: file.path).contains("keyring") == false)
    }

    @Test(arguments: CredentialStoreError.Code.allCases)
    func `a keyring that fails is an error, and the file is as it was`(_ failure: CredentialStoreError.Code) throws {
        try file.write(.pasted("old"), for: "work")
        let before = try text(of: file.path)
        secrets.fail(failure)
        #expect(
            code { () throws(CredentialStoreError) in
                try file.write(.full, for: "work", keepingSecretsApart: true)
            } == failure)
        #expect(try text(of: file.path) == before)
        #expect(try file.read("work") == .pasted("old"))
    }

    @Test func `tokens in a keyring that fails are neither found nor lost`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        secrets.fail(.locked)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("work") } == .locked)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "work") } == .locked)
        #expect(code { () throws(CredentialStoreError) in try file.delete("work") } == .locked)
        #expect(try file.list() == ["work"])
        secrets.fail(nil)
        #expect(try file.read("work") == .full)
    }

    @Test func `a credential can be forgotten without its keyring`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        secrets.fail(.unavailable)
        #expect(try file.forget("work"))
        #expect(try file.list() == [])
        #expect(try file.forget("work") == false)
        #expect(warnings.all == [])
    }

    @Test func `deleting takes the secret, too`() throws {
        try file.write(.full, for: "a", keepingSecretsApart: true)
        try file.write(.full, for: "b", keepingSecretsApart: true)
        #expect(try file.delete("a"))
        #expect(try file.removeEntry("b"))
        #expect(secrets.keys == [])
        #expect(!exists(file.path))
    }

    @Test func `a secret that was removed by other means is no credential`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        _ = try secrets.delete("product:work")
        #expect(try file.read("work") == nil)
    }

    @Test func `a secret that another program made is the access token`() throws {
        try folder.put("[profiles.work]\nstore = \"keyring\"\n", at: "config.toml")
        try secrets.write(Secret("by hand"), for: "product:work", label: "")
        #expect(try file.read("work") == .pasted("by hand"))
    }

    @Test func `a disk that refuses the file leaves no secret that nobody speaks of`() throws {
        try folder.put("other = 1\n", at: "config.toml", mode: 0o400)
        #expect(
            code { () throws(CredentialStoreError) in
                try file.write(.full, for: "work", keepingSecretsApart: true)
            } == .denied)
        #expect(secrets.keys == [])
    }

    @Test func `without a keyring, or room to name it, that is said`() throws {
        try file.write(.full, for: "work", keepingSecretsApart: true)
        let bare = CredentialFile(file.path, .profiles, format: .toml)
        #expect(code { () throws(CredentialStoreError) in _ = try bare.read("work") } == .unavailable)
        let flat = CredentialFile(folder.path("flat.json"), .flat)
        #expect(
            code { () throws(CredentialStoreError) in
                try flat.write(.full, for: "default", keepingSecretsApart: true)
            } == .denied)
        #expect(!exists(flat.path))
    }

    // githits-com/githits-cli#164: two configuration folders over one keyring item.
    @Test func `files over one keyring share the lock and the journal of a refresh`() throws {
        let apart = SecretsApart(store: secrets, product: "product", sharedLockFolder: folder.path("locks"))
        let other = CredentialFile(folder.path("elsewhere/config.toml"), .profiles, format: .toml, secrets: apart)
        #expect(try file.refreshLockPath(for: "work") != other.refreshLockPath(for: "work"))
        try file.write(.full, for: "work", keepingSecretsApart: true)
        try other.write(.full, for: "work", keepingSecretsApart: true)
        let lock = try file.refreshLockPath(for: "work")
        #expect(lock.hasPrefix(folder.path("locks") + "/"))
        #expect(try other.refreshLockPath(for: "work") == lock)
        #expect(try other.refreshJournalPath(for: "work") == file.refreshJournalPath(for: "work"))
        #expect(try other.refreshLockPath(for: "home") != lock)
    }
}
