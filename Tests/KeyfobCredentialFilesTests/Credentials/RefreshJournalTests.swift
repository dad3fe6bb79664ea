import KeyfobCredentials
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The refresh journal")
struct RefreshJournalTests {
    private let folder: TemporaryFolder
    private let journal: RefreshJournal
    private let entry = RefreshJournal.Entry(generation: "g-1", idempotencyKey: "key-1", startedAt: .noon + 0.125)

    init() throws {
        folder = try TemporaryFolder()
        journal = RefreshJournal(path: folder.path("keyfob/refresh.journal"))
    }

    @Test func `what is written is read, until it is dropped`() throws {
        #expect(journal.read() == nil)
        try journal.write(entry)
        #expect(journal.read() == entry)
        try journal.drop()
        #expect(journal.read() == nil)
        #expect(!exists(journal.path))
        try journal.drop()
    }

    @Test func `a second entry replaces the first`() throws {
        try journal.write(entry)
        var second = entry
        second.generation = "g-2"
        try journal.write(second)
        #expect(journal.read() == second)
    }

    @Test(arguments: ["", "a\nb", "back\\slash", "\\n", "end", "🔑"])
    func `any text survives`(_ text: String) throws {
        let entry = RefreshJournal.Entry(generation: text, idempotencyKey: text + text, startedAt: .noon)
        try journal.write(entry)
        #expect(journal.read() == entry)
    }

    @Test func `the file is private`() throws {
        try journal.write(entry)
        #expect(try PathFacts(journal.path).permissions == 0o600)
        #expect(try PathFacts(folder.path("keyfob")).permissions == 0o700)
    }

    @Test func `a journal that was cut anywhere reads as none`() throws {
        try journal.write(entry)
        let whole = Array(try text(of: journal.path).utf8)
        for length in 0..<whole.count {
            try folder.put(Array(whole[..<length]), at: "keyfob/refresh.journal")
            #expect(journal.read() == nil, "cut at \(length)")
        }
    }

    @Test func `a journal of NULs, or of something else, reads as none`() throws {
        try journal.write(entry)
        for bytes in [[UInt8](repeating: 0, count: 80), Array("{\"a\": 1}".utf8), [0xFF, 0x0A, 0x0A, 0x0A, 0x0A]] {
            try folder.put(bytes, at: "keyfob/refresh.journal")
            #expect(journal.read() == nil)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give a file away"))
    func `another user's journal reads as none`() throws {
        try journal.write(entry)
        chown(journal.path, 65_534, 65_534)
        #expect(journal.read() == nil)
    }
}
