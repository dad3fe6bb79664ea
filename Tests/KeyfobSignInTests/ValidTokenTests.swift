import FoundationEssentials
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Synchronization
import Testing

struct ValidTokenTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func credential(_ name: String, lives: TimeInterval?, refresh: String? = "r") -> Credential {
        Credential(
            accessToken: Secret("access-\(name)"), refreshToken: refresh.map { Secret("\($0)-\(name)") },
            expiresAt: lives.map { now.addingTimeInterval($0) }, scopes: ["a"], clientID: "c", account: "me",
            origin: .login)
    }

    /// A credential file, a server and what they did.
    private final class Bench: Sendable {
        let store: any CredentialStore
        let folder: String
        let keys = Mutex<[String]>([])
        let warnings = Mutex<[String]>([])
        /// How many callers there are.
        let arrived = Mutex(0)

        init(_ store: any CredentialStore, _ folder: TemporaryFolder) {
            self.store = store
            self.folder = folder.path
        }

        var journal: RefreshJournal { RefreshJournal(path: folder + "/journal") }
        /// The idempotency keys of all requests so far.
        var sent: [String] { keys.withLock { $0 } }

        func token(
            _ answer: @escaping @Sendable (Credential) async -> Result<TokenReply, ClientError>
        ) -> ValidToken {
            ValidToken(
                store: store, key: "k",
                guards: ValidToken.Guards(lockPath: folder + "/lock", journalPath: folder + "/journal"),
                now: { ValidTokenTests.now }, random: RandomBytes(SystemRandomNumberGenerator()),
                warn: { text in self.warnings.withLock { $0.append(text) } },
                refresh: { credential, key throws(ClientError) in
                    self.keys.withLock { $0.append(key) }
                    return try await answer(credential).get()
                })
        }
    }

    private static let renewed = TokenReply(accessToken: "access-2", expiresIn: 900, refreshToken: "r-2")
    private static let refused = ClientError(.refused, "invalid_grant", oauthError: .invalidGrant, status: 400)

    @Test func `a token that lives long enough costs no network and no lock`() async throws {
        let folder = try TemporaryFolder()
        let store = MemoryCredentialStore(["k": Self.credential("1", lives: 61)])
        let bench = Bench(store, folder)
        let found = try await bench.token { _ in .failure(Self.refused) }.credential(clock: InstantClock())
        #expect(found.accessToken == Secret("access-1"))
        #expect(bench.sent.isEmpty)
    }

    @Test func `a token that ends within a minute is refreshed and stored`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: 60)]), folder)
        let found = try await bench.token { _ in .success(Self.renewed) }.credential(clock: InstantClock())
        var expected = Self.credential("2", lives: 900)
        expected.account = "me"
        #expect(found == expected)
        #expect(try bench.store.read("k") == expected)
        #expect(bench.journal.read() == nil)
    }

    // RFC 6749 section 6: "The authorization server MAY issue a new refresh token".
    @Test func `what the reply leaves out stays as it was`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let reply = TokenReply(accessToken: "access-2", expiresIn: 900)
        let found = try await bench.token { _ in .success(reply) }.credential(clock: InstantClock())
        #expect(found.refreshToken == Secret("r-1"))
        #expect(found.scopes == ["a"])
    }

    @Test func `sixteen callers at once make one request`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let token = bench.token { _ in
            while bench.arrived.withLock({ $0 < 16 }) { await Task.yield() }
            return .success(Self.renewed)
        }
        let found = try await withThrowingTaskGroup(of: Credential.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    bench.arrived.withLock { $0 += 1 }
                    return try await token.credential(clock: ContinuousClock())
                }
            }
            return try await group.reduce(into: []) { $0.append($1.accessToken) }
        }
        #expect(found == Array(repeating: Secret("access-2"), count: 16))
        #expect(bench.sent.count == 1)
    }

    @Test func `a journal makes the repeat carry the same key`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let lost = bench.token { _ in .failure(ClientError(.unreachable, "the reply was lost")) }
        await #expect(throws: ClientError.self) { try await lost.credential(clock: InstantClock()) }
        #expect(bench.journal.read()?.idempotencyKey == bench.sent.first)
        _ = try await bench.token { _ in .success(Self.renewed) }.credential(clock: InstantClock())
        #expect(bench.sent.count == 2)
        #expect(Set(bench.sent).count == 1)
        #expect(bench.journal.read() == nil)
    }

    @Test func `a journal of another generation is not used`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let old = RefreshJournal.Entry(generation: "other", idempotencyKey: "old", startedAt: Self.now)
        try bench.journal.write(old)
        _ = try await bench.token { _ in .success(Self.renewed) }.credential(clock: InstantClock())
        #expect(bench.sent.count == 1)
        #expect(bench.sent != ["old"])
    }

    @Test func `the journal is on disk before the request goes out, and holds no token`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let token = bench.token { credential in
            let entry = bench.journal.read()
            #expect(entry?.idempotencyKey == bench.sent.last)
            #expect(entry?.generation.contains("r-1") == false)
            return .success(Self.renewed)
        }
        _ = try await token.credential(clock: InstantClock())
    }

    @Test func `invalid_grant for what is stored ends the login`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let error = await #expect(throws: SignInError.self) {
            try await bench.token { _ in .failure(Self.refused) }.credential(clock: InstantClock())
        }
        #expect(error?.code == .loginEnded)
        #expect(try bench.store.read("k") == nil)
        #expect(bench.journal.read() == nil)
    }

    @Test func `invalid_grant for what is no longer stored adopts what is`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let token = bench.token { _ in
            // Another program, which does not know our lock, was faster.
            try? bench.store.write(Self.credential("9", lives: 900), for: "k")
            return .failure(Self.refused)
        }
        #expect(try await token.credential(clock: InstantClock()).accessToken == Secret("access-9"))
        #expect(try bench.store.read("k")?.accessToken == Secret("access-9"))
    }

    @Test(arguments: [
        ClientError(.unreachable, "timeout"), ClientError(.serverFailure, "503", status: 503),
        ClientError(.unexpectedReply, "a web page", status: 200),
        ClientError(.serverFailure, "a gateway's words", oauthError: .invalidGrant, status: 503),
        ClientError(.refused, "invalid_client", oauthError: .invalidClient, status: 401),
    ])
    func `nothing else ever ends a login`(failure: ClientError) async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5)]), folder)
        let error = await #expect(throws: ClientError.self) {
            try await bench.token { _ in .failure(failure) }.credential(clock: InstantClock())
        }
        #expect(error?.code == failure.code)
        #expect(try bench.store.read("k") == Self.credential("1", lives: -5))
    }

    @Test func `a token that is still good for seconds is used when the server is down`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: 30)]), folder)
        let token = bench.token { _ in .failure(ClientError(.unreachable, "down")) }
        #expect(try await token.credential(clock: InstantClock()).accessToken == Secret("access-1"))
        #expect(bench.warnings.withLock { $0 } == ["the token could not be refreshed and ends soon: down"])
    }

    @Test func `an expired token without a refresh token is said to be so`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(["k": Self.credential("1", lives: -5, refresh: nil)]), folder)
        let error = await #expect(throws: SignInError.self) {
            try await bench.token { _ in .success(Self.renewed) }.credential(clock: InstantClock())
        }
        #expect(error?.code == .tokenExpired)
        #expect(try bench.store.read("k") != nil)
    }

    @Test func `a full disk loses neither this token nor the next`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(FullDisk(holding: Self.credential("1", lives: -5)), folder)
        let token = bench.token { _ in .success(Self.renewed) }
        #expect(try await token.credential(clock: InstantClock()).accessToken == Secret("access-2"))
        #expect(bench.warnings.withLock { $0.count } == 1)
        // The journal stays, so that the next process asks for the same reply again.
        #expect(bench.journal.read()?.idempotencyKey == bench.sent.first)
    }

    @Test func `nobody signed in is not an error of the store`() async throws {
        let folder = try TemporaryFolder()
        let bench = Bench(MemoryCredentialStore(), folder)
        let error = await #expect(throws: SignInError.self) {
            try await bench.token { _ in .success(Self.renewed) }.credential(clock: InstantClock())
        }
        #expect(error?.code == .notSignedIn)
    }
}

// Reads well and can write nothing.
private struct FullDisk: CredentialStore {
    let credential: Credential
    let location = "full"

    init(holding credential: Credential) {
        self.credential = credential
    }

    func read(_ key: String) -> Credential? { credential }
    func write(_ credential: Credential, for key: String) throws(CredentialStoreError) { throw full }
    func delete(_ key: String) throws(CredentialStoreError) -> Bool { throw full }
    func list() -> [String] { ["k"] }

    private var full: CredentialStoreError {
        CredentialStoreError(.unavailable, message: "no space left on device", hint: "make room")
    }
}
