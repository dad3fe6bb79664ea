import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Several processes and one file")
struct ConcurrentWritersTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("credentials.json") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `two processes that write different keys both find theirs`() async throws {
        async let first: Void = writeInAnotherProcess("first")
        async let second: Void = writeInAnotherProcess("second")
        _ = await (first, second)
        let file = CredentialFile(path)
        for name in ["first", "second"] {
            for number in 0..<40 { #expect(try file.read("\(name) \(number)") == .pasted("\(name) token \(number)")) }
        }
        #expect(try file.list().count == 80)
    }

    private func writeInAnotherProcess(_ name: String) async {
        await #expect(processExitsWith: .success) { [path = path as String, name = name as String] in
            let file = CredentialFile(path)
            for number in 0..<40 { try file.write(.pasted("\(name) token \(number)"), for: "\(name) \(number)") }
        }
    }

    @Test func `a reader sees the old or the new, never a part`() async throws {
        let file = CredentialFile(path)
        let credentials = [Credential.full, .pasted(String(repeating: "long", count: 5_000))]
        try file.write(.full, for: "k")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 0..<60 { try file.write(credentials[round % 2], for: "k") }
            }
            group.addTask {
                for _ in 0..<600 {
                    let credential = try #require(try file.read("k"))
                    #expect(credentials.contains(credential))
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `a writer that is killed anywhere leaves a whole file and a free lock`() async throws {
        let file = CredentialFile(path)
        try file.write(.full, for: "k")
        for _ in 0..<3 {
            let begun = folder.path("begun")
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, begun = begun as String] in
                let file = CredentialFile(path)
                let killer = Task {
                    try await until { exists(begun) }
                    kill(getpid(), SIGKILL)
                }
                for number in 0... {
                    try file.write(.pasted("token \(number)"), for: "other")
                    if number == 5 { close(open(begun, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)) }
                    await Task.yield()
                }
                try await killer.value
            }
            unlink(begun)
            #expect(try file.read("k") == .full)
            #expect(try file.read("other")?.accessToken.reveal().hasPrefix("token ") == true)
            try file.write(.full, for: "k")
        }
    }

    @Test func `a write under the refresh lock does not wait for itself`() async throws {
        let file = CredentialFile(path)
        let lock = try await CredentialLock.acquire(
            at: file.refreshLockPath(for: "k"), waiting: ContinuousClock(), for: .zero
        )
        defer { lock.release() }
        try file.write(.full, for: "k")
        #expect(try file.read("k") == .full)
    }
}
