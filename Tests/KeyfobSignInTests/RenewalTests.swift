import FoundationEssentials
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Synchronization
import Testing

struct RenewalTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func credential(_ name: String, refresh: String? = "r", lives: TimeInterval? = 3_600) -> Credential {
        Credential(
            accessToken: Secret("access-\(name)"), refreshToken: refresh.map { Secret($0) },
            expiresAt: lives.map { now.addingTimeInterval($0) }, origin: .login)
    }

    private static func token(
        _ store: any CredentialStore, _ folder: TemporaryFolder,
        _ answer: @escaping @Sendable () async -> Result<TokenReply, ClientError>
    ) -> ValidToken {
        ValidToken(
            store: store, key: "k",
            guards: ValidToken.Guards(lockPath: folder.path + "/lock", journalPath: folder.path + "/journal"),
            now: { now }, random: RandomBytes(SystemRandomNumberGenerator()), warn: { _ in },
            refresh: { _, _ throws(ClientError) in try await answer().get() })
    }

    private static let reply = TokenReply(accessToken: "access-2", expiresIn: 900, refreshToken: "r-2")

    @Test(arguments: [3_600, nil])
    func `a renewal refreshes however long the token lives`(lives: TimeInterval?) async throws {
        let folder = try TemporaryFolder()
        let store = MemoryCredentialStore(["k": Self.credential("1", lives: lives)])
        let found = try await Self.token(store, folder) { .success(Self.reply) }.renew(clock: InstantClock())
        #expect(found == Self.credential("2", refresh: "r-2", lives: 900))
        #expect(store.read("k") == found)
    }

    @Test func `a renewal that fails is an error, and keeps the login`() async throws {
        let folder = try TemporaryFolder()
        let store = MemoryCredentialStore(["k": Self.credential("1")])
        let error = await #expect(throws: ClientError.self) {
            try await Self.token(store, folder) { .failure(ClientError(.unreachable, "down")) }
                .renew(clock: InstantClock())
        }
        #expect(error?.code == .unreachable)
        #expect(store.read("k") == Self.credential("1"))
    }

    @Test func `a token without a refresh token says that it can't be refreshed`() async throws {
        let folder = try TemporaryFolder()
        let store = MemoryCredentialStore(["k": Self.credential("1", refresh: nil)])
        let error = await #expect(throws: SignInError.self) {
            try await Self.token(store, folder) { .success(Self.reply) }.renew(clock: InstantClock())
        }
        #expect(error?.code == .notRefreshable)
    }

    @Test func `what another process refreshed in the meantime is adopted`() async throws {
        let folder = try TemporaryFolder()
        let store = MemoryCredentialStore(["k": Self.credential("1")])
        let first = try await CredentialLock.acquire(
            at: folder.path + "/lock", waiting: ContinuousClock(), for: .seconds(1))
        let clock = NoticingClock()
        let requests = Mutex(0)
        let waiting = Task {
            try await Self.token(store, folder) {
                requests.withLock { $0 += 1 }
                return .success(Self.reply)
            }.renew(clock: clock)
        }
        for await _ in clock.sleeps.prefix(1) {}
        store.write(Self.credential("other", refresh: "r-other"), for: "k")
        first.release()
        #expect(try await waiting.value == Self.credential("other", refresh: "r-other"))
        #expect(requests.withLock { $0 } == 0)
    }
}

/// A clock that tells when somebody begins to wait.
private final class NoticingClock: Clock {
    typealias Instant = ContinuousClock.Instant

    let sleeps: AsyncStream<Void>
    private let noticed: AsyncStream<Void>.Continuation
    private let clock = ContinuousClock()

    init() {
        (sleeps, noticed) = AsyncStream.makeStream(of: Void.self)
    }

    var now: Instant { clock.now }
    var minimumResolution: Duration { clock.minimumResolution }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        noticed.yield()
        try await clock.sleep(until: deadline, tolerance: tolerance)
    }
}
