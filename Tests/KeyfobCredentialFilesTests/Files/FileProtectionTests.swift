import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Who may read the file")
struct FileProtectionTests {
    private let folder: TemporaryFolder
    private let warnings = Warnings()
    private var path: String { folder.path("own/credentials.json") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [0o000, 0o022, 0o077, 0o777] as [mode_t])
    func `the file is 0600 and its folders are 0700 under any umask`(_ mask: mode_t) async {
        await #expect(processExitsWith: .success) { [mask = mask as mode_t] in
            let folder = try TemporaryFolder()
            umask(mask)
            let file = CredentialFile(folder.path("a/b/credentials.json"))
            try file.write(.full, for: "k")
            try file.write(.pasted("again"), for: "k")
            #expect(try PathFacts(folder.path("a")).permissions == 0o700)
            #expect(try PathFacts(folder.path("a/b")).permissions == 0o700)
            #expect(try PathFacts(folder.path("a/b/credentials.json")).permissions == 0o600)
            #expect(try PathFacts(folder.path("a/b/.credentials.json.lock")).permissions == 0o600)
        }
    }

    @Test(arguments: [0o644, 0o660, 0o604, 0o666, 0o755] as [mode_t])
    func `a looser mode is repaired, and said so`(_ mode: mode_t) throws {
        mkdir(folder.path("own"), 0o700)
        try folder.put(#"{"token":"t"}"#, at: "own/credentials.json", mode: mode)
        let file = CredentialFile(path, .flat, warnings: warnings)
        #expect(try file.read("default") == .pasted("t"))
        #expect(try PathFacts(path).permissions == 0o600)
        let expected = "\(path) could be read or written by others (mode 0\(String(mode, radix: 8))); it is 0600 now"
        #expect(warnings.all == [expected])
        _ = try file.read("default")
        #expect(warnings.all.count == 1)
    }

    @Test func `a looser folder is repaired at the next write, and said so`() throws {
        mkdir(folder.path("own"), 0o755)
        chmod(folder.path("own"), 0o755)
        let file = CredentialFile(path, warnings: warnings)
        try file.write(.full, for: "k")
        #expect(try PathFacts(folder.path("own")).permissions == 0o700)
        #expect(warnings.all == ["\(folder.path("own")) could be entered by others (mode 0755); it is 0700 now"])
    }

    @Test func `a folder that is not the program's own is left as it is`() throws {
        mkdir(folder.path("own"), 0o755)
        chmod(folder.path("own"), 0o755)
        let file = CredentialFile(path: path, layout: .keyfob, ownsFolder: false, warn: warnings.add)
        try file.write(.full, for: "k")
        #expect(try PathFacts(folder.path("own")).permissions == 0o755)
        #expect(warnings.all == [])
    }

    @Test func `a shared folder with the sticky bit is left as it is`() throws {
        mkdir(folder.path("own"), 0o777)
        chmod(folder.path("own"), 0o1777)
        try CredentialFile(path).write(.full, for: "k")
        #expect(try PathFacts(folder.path("own")).permissions == 0o777)
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give a file away"))
    func `another user's file is refused and left as it is`() throws {
        mkdir(folder.path("own"), 0o700)
        let before = #"{"token":"theirs"}"#
        try folder.put(before, at: "own/credentials.json", mode: 0o644)
        chown(path, 65_534, 65_534)
        let file = CredentialFile(path, .flat)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("default") } == .denied)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "default") } == .denied)
        #expect(code { () throws(CredentialStoreError) in try file.delete("default") } == .denied)
        #expect(code { () throws(CredentialStoreError) in try file.setAside() } == .denied)
        #expect(CredentialFile.quickAccessToken(path: path, layout: .flat, now: .noon) == nil)
        #expect(try text(of: path) == before)
        #expect(try PathFacts(path).permissions == 0o644)
    }

    @Test func `a file that its owner made read-only is not replaced`() throws {
        mkdir(folder.path("own"), 0o700)
        try folder.put(#"{"token":"t"}"#, at: "own/credentials.json", mode: 0o400)
        let file = CredentialFile(path, .flat)
        #expect(try file.read("default") == .pasted("t"))
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "default") } == .denied)
        #expect(try text(of: path) == #"{"token":"t"}"#)
        #expect(try PathFacts(path).permissions == 0o400)
    }

    // As a user who is not root, whom no permission stops.
    @Test func `a folder that can't be written is told, and the file stays as it is`() async {
        await #expect(processExitsWith: .success) {
            if geteuid() == 0, setgid(65_534) != 0 || setuid(65_534) != 0 { throw TestFailure("setuid: \(errno)") }
            let folder = try TemporaryFolder()
            let file = CredentialFile(folder.path("credentials.json"))
            try file.write(.full, for: "k")
            chmod(folder.path, 0o500)
            let error = #expect(throws: CredentialStoreError.self) { try file.write(.pasted("new"), for: "k") }
            #expect(error?.code == .denied)
            #expect(error?.message == "cannot write \(file.path): Permission denied")
            #expect(try file.read("k") == .full)
            chmod(folder.path, 0o000)
            let reading = #expect(throws: CredentialStoreError.self) { try file.read("k") }
            #expect(reading?.code == .denied)
            chmod(folder.path, 0o700)
        }
    }

    @Test func `a file where a folder should be is an error that names it`() throws {
        try folder.put("", at: "own")
        let file = CredentialFile(path)
        let error = #expect(throws: CredentialStoreError.self) { try file.write(.full, for: "k") }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(folder.path("own")) == true)
    }

    @Test func `a named pipe in the file's place is corrupt and does not hang`() throws {
        mkdir(folder.path("own"), 0o700)
        mkfifo(path, 0o600)
        let file = CredentialFile(path)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("k") } == .corrupt)
    }
}
