import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A file that is a symbolic link")
struct SymbolicLinkTests {
    private let folder: TemporaryFolder
    private var link: String { folder.path("config/credentials.json") }
    private var target: String { folder.path("dotfiles/keyfob.json") }

    init() throws {
        folder = try TemporaryFolder()
        mkdir(folder.path("config"), 0o700)
        mkdir(folder.path("dotfiles"), 0o755)
    }

    @Test(arguments: [true, false])
    func `the link stays, and its target is replaced in its own folder`(_ isRelative: Bool) throws {
        symlink(isRelative ? "../dotfiles/keyfob.json" : target, link)
        try folder.put(#"{"token":"old","kept":1}"#, at: "dotfiles/keyfob.json")
        let file = CredentialFile(link, .flat)
        try file.write(.pasted("new"), for: "default")
        #expect(try PathFacts(link).isLink)
        #expect(try PathFacts(target) == PathFacts(target))
        #expect(try PathFacts(target).isLink == false)
        #expect(try text(of: target).contains(#""token": "new""#))
        #expect(try text(of: target).contains(#""kept": 1"#))
        #expect(try file.read("default") == .pasted("new"))
        #expect(try PathFacts(folder.path("dotfiles")).permissions == 0o755)
    }

    @Test func `a chain of links is followed to its end`() throws {
        symlink("second.json", link)
        symlink(target, folder.path("config/second.json"))
        try CredentialFile(link).write(.full, for: "k")
        #expect(try PathFacts(link).isLink)
        #expect(try PathFacts(folder.path("config/second.json")).isLink)
        #expect(try PathFacts(target).permissions == 0o600)
    }

    @Test func `a link to nothing is no credential, and a write makes its target`() throws {
        symlink(target, link)
        let file = CredentialFile(link)
        #expect(try file.read("k") == nil)
        try file.write(.full, for: "k")
        #expect(try file.read("k") == .full)
        #expect(try PathFacts(link).isLink)
        #expect(exists(target))
    }

    @Test func `the last logout leaves an empty object behind the link`() throws {
        symlink(target, link)
        let file = CredentialFile(link)
        try file.write(.full, for: "k")
        try file.delete("k")
        #expect(try PathFacts(link).isLink)
        #expect(try text(of: target) == "{}\n")
        #expect(try file.read("k") == nil)
    }

    @Test func `links in a circle are an error`() throws {
        symlink("second.json", link)
        symlink("credentials.json", folder.path("config/second.json"))
        let file = CredentialFile(link)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("k") } == .unavailable)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "k") } == .unavailable)
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give a file away"))
    func `another user's link or target is refused`() throws {
        symlink(target, link)
        let file = CredentialFile(link)
        try file.write(.full, for: "k")
        lchown(link, 65_534, 65_534)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("k") } == .denied)
        lchown(link, 0, 0)
        chown(target, 65_534, 65_534)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("k") } == .denied)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "k") } == .denied)
    }

    @Test func `both paths to one file share its refresh lock and journal`() throws {
        symlink(target, link)
        let (a, b) = (CredentialFile(link), CredentialFile(target))
        #expect(try a.refreshLockPath(for: "k") == b.refreshLockPath(for: "k"))
        #expect(try a.refreshJournalPath(for: "k") == b.refreshJournalPath(for: "k"))
        #expect(try a.refreshLockPath(for: "k") != a.refreshLockPath(for: "K"))
        #expect(try a.refreshLockPath(for: "a/b") != a.refreshLockPath(for: "a_b"))
        #expect(try a.refreshLockPath(for: String(repeating: "x", count: 5_000)).utf8.count < 250)
    }
}
