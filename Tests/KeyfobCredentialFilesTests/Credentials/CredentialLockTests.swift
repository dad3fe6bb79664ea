import KeyfobCredentials
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The refresh lock")
struct CredentialLockTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("keyfob/refresh.lock") }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func acquire(for limit: Duration = .seconds(20)) async throws -> CredentialLock {
        try await CredentialLock.acquire(at: path, waiting: ContinuousClock(), for: limit)
    }

    @Test func `the lock excludes everybody else, and is free after its release`() async throws {
        let lock = try await acquire()
        await expectLocked()
        lock.release()
        lock.release()
        try await acquire().release()
    }

    @Test func `the lock file is private and stays`() async throws {
        try await acquire().release()
        #expect(try PathFacts(path).permissions == 0o600)
        #expect(try PathFacts(folder.path("keyfob")).permissions == 0o700)
    }

    @Test func `whoever waits gets the lock when it is released`() async throws {
        let lock = try await acquire()
        async let second = acquire()
        await expectLocked()
        lock.release()
        try await second.release()
    }

    @Test func `only one of many tasks is in the locked part at a time`() async throws {
        let counter = folder.path("counter")
        try folder.put("0", at: "counter")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let lock = try await acquire()
                    defer { lock.release() }
                    let number = try #require(Int(try text(of: counter)))
                    await Task.yield()
                    try folder.put(String(number + 1), at: "counter")
                }
            }
            try await group.waitForAll()
        }
        #expect(try text(of: counter) == "20")
    }

    @Test func `a cancelled task waits no longer`() async throws {
        let lock = try await acquire()
        let waiting = Task { try await acquire().release() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        lock.release()
    }

    @Test func `a removed lock file does not let two in`() async throws {
        let first = try await acquire()
        unlink(path)
        // The name stands for another file now, so the second lock is a real one; the first holds a nameless file.
        let second = try await acquire()
        await expectLocked()
        first.release()
        await expectLocked()
        second.release()
    }

    @Test func `no program that is started meanwhile keeps the lock`() async throws {
        let lock = try await acquire()
        var child = pid_t()
        var arguments = [strdup("sleep"), strdup("60"), nil]
        defer { for argument in arguments { free(argument) } }
        #expect(posix_spawnp(&child, "sleep", nil, nil, &arguments, nil) == 0)
        defer {
            kill(child, SIGKILL)
            waitpid(child, nil, 0)
        }
        lock.release()
        // At once, but for the moment in which another test's program is being started and still shares our files.
        try await acquire().release()
    }

    @Test func `the lock excludes other processes and is freed when its holder is killed`() async throws {
        let (path, held, go) = (path, folder.path("held"), folder.path("go"))
        let isFreeMeanwhile = Companion {
            try blockUntil { exists(held) }
            defer { mkdir(go, 0o700) }
            return Self.isFree(path)
        }
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, held = held as String, go = go as String] in
            let lock = try await CredentialLock.acquire(at: path, waiting: ContinuousClock(), for: .seconds(20))
            mkdir(held, 0o700)
            try await until { exists(go) }
            kill(getpid(), SIGKILL)
            lock.release()
        }
        #expect(try await isFreeMeanwhile.value == false)
        try await acquire().release()
    }

    // Asked without the code under test.
    private static func isFree(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    @Test func `a symbolic link in the lock file's place is refused`() async throws {
        mkdir(folder.path("keyfob"), 0o700)
        symlink(folder.path("elsewhere"), path)
        await #expect(throws: CredentialStoreError.self) { try await acquire(for: .zero) }
        #expect(!exists(folder.path("elsewhere")))
    }

    @Test(.enabled(if: geteuid() == 0, "needs root to give a file away"))
    func `another user's lock file is refused`() async throws {
        try await acquire().release()
        chown(path, 65_534, 65_534)
        let error = await #expect(throws: CredentialStoreError.self) { try await acquire(for: .zero) }
        #expect(error?.code == .denied)
    }

    private func expectLocked() async {
        let error = await #expect(throws: CredentialStoreError.self) { try await acquire(for: .milliseconds(5)) }
        #expect(error?.code == .locked)
    }
}
