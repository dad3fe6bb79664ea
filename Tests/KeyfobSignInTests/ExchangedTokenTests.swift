import FoundationEssentials
import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn
import Synchronization
import Testing

struct ExchangedTokenTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func credential(_ name: String?, lives: TimeInterval = 0) -> Credential {
        Credential(
            accessToken: Secret("long"), origin: .pasted,
            exchanged: name.map {
                Credential.Exchanged(token: Secret($0), expiresAt: now.addingTimeInterval(lives))
            })
    }

    /// A store, a lock, and a server that answers as it is told.
    private final class Bench: Sendable {
        let store: any CredentialStore
        let folder: TemporaryFolder
        let warnings = Mutex<[String]>([])
        let asked = Mutex(0)

        init(_ credential: Credential?) throws {
            let store = MemoryCredentialStore()
            if let credential { store.write(credential, for: "k") }
            self.store = store
            folder = try TemporaryFolder()
        }

        var count: Int { asked.withLock { $0 } }

        func token(_ answer: @escaping @Sendable (Int) -> Result<String, ClientError>) -> ExchangedToken {
            ExchangedToken(
                store: store, key: "k", lockPath: folder.path + "/lock", now: { ExchangedTokenTests.now },
                warn: { text in self.warnings.withLock { $0.append(text) } },
                exchange: { token throws(ClientError) in
                    #expect(token == Secret("long"))
                    let count = self.asked.withLock { value in
                        value += 1
                        return value
                    }
                    let new = try answer(count).get()
                    return Credential.Exchanged(
                        token: Secret(new), expiresAt: ExchangedTokenTests.now.addingTimeInterval(86_400))
                })
        }
    }

    private static let down = ClientError(.unreachable, "down")
    private static let refused = ClientError(.unauthorized, "refused")

    @Test func `a token that lives long enough costs no network`() async throws {
        let bench = try Bench(Self.credential("old", lives: 61))
        let found = try await bench.token { _ in .failure(Self.down) }.credential(clock: InstantClock())
        #expect(found.exchanged?.token == Secret("old"))
        #expect(bench.count == 0)
    }

    @Test(arguments: [nil, "old"])
    func `a missing token and one that ends within a minute are fetched and stored`(old: String?) async throws {
        let bench = try Bench(Self.credential(old, lives: 60))
        let found = try await bench.token { _ in .success("new") }.credential(clock: InstantClock())
        #expect(found == Self.credential("new", lives: 86_400))
        #expect(try bench.store.read("k") == found)
    }

    @Test func `of many callers one asks`() async throws {
        let bench = try Bench(Self.credential(nil))
        let token = bench.token { .success("new-\($0)") }
        let found = try await withThrowingTaskGroup(of: Secret?.self) { group in
            for _ in 0..<16 {
                group.addTask { try await token.credential(clock: ContinuousClock()).exchanged?.token }
            }
            return try await group.reduce(into: Set<Secret?>()) { $0.insert($1) }
        }
        #expect(found == [Secret("new-1")])
        #expect(bench.count == 1)
    }

    @Test func `a server that can't be asked leaves a token that still lives`() async throws {
        let bench = try Bench(Self.credential("old", lives: 30))
        let found = try await bench.token { _ in .failure(Self.down) }.credential(clock: InstantClock())
        #expect(found.exchanged?.token == Secret("old"))
        #expect(bench.warnings.withLock { $0.count } == 1)
        let over = try Bench(Self.credential("old", lives: 0))
        let error = await #expect(throws: ClientError.self) {
            try await over.token { _ in .failure(Self.down) }.credential(clock: InstantClock())
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `a refusal says so, and never clears the stored token`() async throws {
        let bench = try Bench(Self.credential("old", lives: 30))
        let error = await #expect(throws: SignInError.self) {
            try await bench.token { _ in .failure(Self.refused) }.credential(clock: InstantClock())
        }
        #expect(error?.code == .tokenRefused)
        #expect(try bench.store.read("k") == Self.credential("old", lives: 30))
    }

    @Test func `a token that was refused before its time is replaced, once`() async throws {
        let bench = try Bench(Self.credential("old", lives: 3_600))
        let token = bench.token { .success("new-\($0)") }
        for _ in 0..<2 {
            let found = try await token.credential(replacing: Secret("old"), clock: InstantClock())
            #expect(found.exchanged?.token == Secret("new-1"))
        }
        #expect(bench.count == 1)
    }

    @Test func `a refused token is not handed out again when the server can't be asked`() async throws {
        let bench = try Bench(Self.credential("old", lives: 3_600))
        let error = await #expect(throws: ClientError.self) {
            try await bench.token { _ in .failure(Self.down) }.credential(
                replacing: Secret("old"), clock: InstantClock())
        }
        #expect(error?.code == .unreachable)
    }

    @Test func `nobody signed in is said to be so`() async throws {
        let bench = try Bench(nil)
        let error = await #expect(throws: SignInError.self) {
            try await bench.token { _ in .success("new") }.credential(clock: InstantClock())
        }
        #expect(error?.code == .notSignedIn)
    }
}
