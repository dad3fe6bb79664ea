import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("A write that fails half-way")
struct FullDiskTests {
    // A limit on the size of files stops a write in its middle, as a full disk does.
    @Test func `the old file is still there, and nothing else`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let file = CredentialFile(folder.path("credentials.json"))
            try file.write(.full, for: "k")
            let before = try text(of: file.path)
            signal(SIGXFSZ, SIG_IGN)
            try limitFileSize(to: 64)
            let error = #expect(throws: CredentialStoreError.self) { try file.write(.pasted("at-2"), for: "k2") }
            #expect(error?.code == .unavailable)
            #expect(error?.message == "cannot write \(file.path): File too large")
            let journal = RefreshJournal(path: folder.path("journal"))
            let entry = RefreshJournal.Entry(
                generation: String(repeating: "g", count: 80), idempotencyKey: "k", startedAt: .noon
            )
            #expect(throws: CredentialStoreError.self) { try journal.write(entry) }
            try limitFileSize(to: nil)
            #expect(try text(of: file.path) == before)
            #expect(try file.read("k") == .full)
            #expect(try folder.names() == ["credentials.json"])
            try file.write(.pasted("at-2"), for: "k2")
            #expect(try file.list() == ["k", "k2"])
        }
    }

    @Test func `what a killed process left behind is used up by the next write`() throws {
        let folder = try TemporaryFolder()
        let file = CredentialFile(folder.path("credentials.json"))
        try file.write(.full, for: "k")
        try folder.put("half a tok", at: ".credentials.json.tmp")
        try file.write(.pasted("at-2"), for: "k2")
        #expect(try file.list() == ["k", "k2"])
        #expect(try folder.names() == ["credentials.json"])
    }
}

// The soft limit only: it can be raised again.
func limitFileSize(to bytes: rlim_t?) throws {
    #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
        let resource = RLIMIT_FSIZE
    #endif
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { throw TestFailure("getrlimit: \(errno)") }
    limit.rlim_cur = bytes ?? limit.rlim_max
    guard setrlimit(resource, &limit) == 0 else { throw TestFailure("setrlimit: \(errno)") }
}
