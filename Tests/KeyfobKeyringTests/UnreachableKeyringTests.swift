#if os(Linux)
    import Foundation
    import Glibc
    import KeyfobCredentials
    import KeyfobKeyring
    import Testing

    @Suite("A keyring that can't be reached", .serialized)
    struct UnreachableKeyringTests {
        @Test func `without libsecret that is said, and what to install`() async {
            await #expect(processExitsWith: .success) {
                let keyring = keyring(at: nil)
                // No file can be opened any more, the library's neither.
                var limit = rlimit()
                getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                let before = limit.rlim_cur
                limit.rlim_cur = 0
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                let error = #expect(throws: CredentialStoreError.self) { try keyring.read("k") }
                limit.rlim_cur = before
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                #expect(error?.code == .unavailable)
                #expect(error?.message == "libsecret is not installed, and keyrings are reached through it")
                #expect(error?.hint.contains("libsecret-1-0") == true)
            }
        }

        @Test func `without a session bus that is said`() async {
            await #expect(processExitsWith: .success) {
                expectEach(keyring(at: nil), .unavailable, "there is no session bus (D-Bus) to reach a keyring on")
            }
        }

        @Test func `the address of a bus that is gone is no session bus`() async {
            await #expect(processExitsWith: .success) {
                expectEach(
                    keyring(at: "unix:path=/nonexistent/bus"), .unavailable,
                    "there is no session bus (D-Bus) to reach a keyring on")
            }
        }

        @Test func `a bus that accepts and says nothing is given up`() async throws {
            await #expect(processExitsWith: .success) {
                let silent = try SilentSocket()
                expectEach(
                    keyring(at: "unix:abstract=\(silent.name)", patience: .milliseconds(200)), .unavailable,
                    "the keyring does not answer")
            }
        }

        @Test func `a bus without a keyring is told from no bus`() async throws {
            let session = try KeyringSession(.none)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                expectEach(keyring(at: address), .unavailable, "no keyring runs in this session")
            }
        }

        @Test func `a service that owns the name and never answers is given up`() async throws {
            let session = try KeyringSession(.unlocked)
            try session.freeze()
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                expectEach(
                    keyring(at: address, patience: .milliseconds(200)), .unavailable, "the keyring does not answer")
            }
        }

        @Test func `a service without a default keyring has no secret, and takes none`() async throws {
            let session = try KeyringSession(.empty)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                let keyring = keyring(at: address)
                let found = try keyring.read("k")
                #expect(found == nil)
                let isRemoved = try keyring.delete("k")
                #expect(!isRemoved)
                expectError(.unavailable, "there is no default keyring to keep a secret in") {
                    try keyring.write(Secret("at-1"), for: "k", label: "k")
                }
            }
        }
    }

    private func expectEach(
        _ keyring: SecretServiceStore, _ code: CredentialStoreError.Code, _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectError(code, message, sourceLocation: sourceLocation) { _ = try keyring.read("k") }
        expectError(code, message, sourceLocation: sourceLocation) { try keyring.delete("k") }
        expectError(code, message, sourceLocation: sourceLocation) {
            try keyring.write(Secret("at-1"), for: "k", label: "k")
        }
    }

    /// A socket of Linux's abstract names that takes connections and never answers.
    private struct SilentSocket {
        let name = "keyfob-silent-\(getpid())"

        init() throws {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: [0] + Array(name.utf8)) }
            let size = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
            let isBound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
            }
            try #require(isBound && listen(descriptor, 8) == 0)
        }
    }
#endif
