#if os(Linux)
    import Foundation
    import Glibc
    import KeyfobCredentials
    import KeyfobKeyring
    import Testing

    @Suite("Secrets in a real GNOME Keyring", .serialized)
    struct SecretServiceTests {
        @Test func `a secret is absent, then there, then another, then absent again`() async throws {
            let session = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                let keyring = keyring(at: address)
                #expect(try keyring.read("tool:work") == nil)
                #expect(try keyring.delete("tool:work") == false)
                try keyring.write(Secret("at-1"), for: "tool:work", label: "Tool (work)")
                #expect(try keyring.read("tool:work")?.reveal() == "at-1")
                try keyring.write(Secret("at-2"), for: "tool:work", label: "Tool (work)")
                #expect(try keyring.read("tool:work")?.reveal() == "at-2")
                #expect(try keyring.delete("tool:work"))
                #expect(try keyring.read("tool:work") == nil)
                #expect(try keyring.delete("tool:work") == false)
            }
        }

        @Test func `any text is a secret and any text is a key, and no key finds another's secret`() async throws {
            let session = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                let keyring = keyring(at: address)
                let keys = ["", "a", "a:b", "two words", "line\nfeed", "caf\u{E9}", "cafe\u{301}", "schlüssel 🔑"]
                for key in keys {
                    try keyring.write(Secret("{\"of\":\"\(key)\"}\n\t"), for: key, label: "of \(key)")
                }
                for key in keys {
                    let found = try keyring.read(key)
                    #expect(found?.reveal() == "{\"of\":\"\(key)\"}\n\t")
                }
                let long = String(repeating: "0123456789abcdef", count: 4096)
                try keyring.write(Secret(long), for: "long", label: "long")
                #expect(try keyring.read("long")?.reveal() == long)
                try keyring.write(Secret(""), for: "a", label: "empty")
                #expect(try keyring.read("a")?.reveal() == "")
            }
        }

        @Test func `a zero byte cuts neither a key nor a secret short`() async throws {
            let session = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                let keyring = keyring(at: address)
                try keyring.write(Secret("at-1"), for: "a", label: "a")
                #expect(try keyring.read("a\0b") == nil)
                #expect(try keyring.delete("a\0b") == false)
                let key = #expect(throws: CredentialStoreError.self) {
                    try keyring.write(Secret("at-2"), for: "a\0b", label: "a")
                }
                #expect(key?.code == .denied)
                let value = #expect(throws: CredentialStoreError.self) {
                    try keyring.write(Secret("at\0-2"), for: "a", label: "a")
                }
                #expect(value?.code == .denied)
                #expect(try keyring.read("a")?.reveal() == "at-1")
            }
        }

        @Test func `another program finds the secret under its attributes, with its label`() async throws {
            let session = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                try keyring(at: address).write(Secret("at-1"), for: "tool:work", label: "Tool (work)")
            }
            let found = try session.output(of: "secret-tool", "lookup", "application", "keyfob", "key", "tool:work")
            #expect(found == "at-1")
            let shown = try session.output(of: "secret-tool", "search", "application", "keyfob")
            #expect(shown.contains("label = Tool (work)\n"))
        }

        @Test func `a secret outlives the session, and is told locked until the keyring is opened`() async throws {
            let first = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = first.address as String] in
                try keyring(at: address).write(Secret("at-1"), for: "k", label: "k")
            }
            let second = try KeyringSession(.locked, home: first.home)
            await #expect(processExitsWith: .success) { [address = second.address as String] in
                let keyring = keyring(at: address)
                expectError(.locked, "the keyring is locked") { _ = try keyring.read("k") }
                expectError(.locked, "the keyring is locked") { _ = try keyring.read("never written") }
                expectError(.locked, "the keyring is locked") { try keyring.delete("k") }
                expectError(.locked, "the keyring is locked") {
                    try keyring.write(Secret("at-2"), for: "k", label: "k")
                }
            }
            let third = try KeyringSession(.unlocked, home: first.home)
            await #expect(processExitsWith: .success) { [address = third.address as String] in
                let found = try keyring(at: address).read("k")
                #expect(found?.reveal() == "at-1")
            }
        }

        @Test func `whoever unlocks the keyring when asked gets the secret`() async throws {
            let first = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = first.address as String] in
                try keyring(at: address).write(Secret("at-1"), for: "k", label: "k")
            }
            let second = try KeyringSession(.locked, home: first.home, person: .password)
            await #expect(processExitsWith: .success) { [address = second.address as String] in
                let keyring = keyring(at: address, unlockPatience: .seconds(30))
                #expect(try keyring.read("k")?.reveal() == "at-1")
                try keyring.write(Secret("at-2"), for: "k", label: "k")
                #expect(try keyring.read("k")?.reveal() == "at-2")
            }
        }

        @Test func `whoever does not unlock it is told denied, not locked`() async throws {
            let first = try KeyringSession(.unlocked)
            let second = try KeyringSession(.locked, home: first.home, person: .refusal)
            await #expect(processExitsWith: .success) { [address = second.address as String] in
                let keyring = keyring(at: address, unlockPatience: .seconds(30))
                expectError(.denied, "the keyring was not unlocked") {
                    try keyring.write(Secret("at-1"), for: "k", label: "k")
                }
            }
        }

        @Test func `bytes that are no text are told corrupt`() async throws {
            let session = try KeyringSession(.unlocked)
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                try keyring(at: address).write(Secret("at-1"), for: "k", label: "k")
            }
            // What the item's secret becomes is no UTF-8, as any program of the session may write it.
            let item = try session.output(
                of: "python3", "-c", Self.spoiler, session.address)
            try #require(item == "spoiled\n")
            await #expect(processExitsWith: .success) { [address = session.address as String] in
                expectError(.corrupt, "the keyring's entry is no text") { _ = try keyring(at: address).read("k") }
            }
        }

        private static let spoiler = """
            import ctypes, sys
            secret = ctypes.CDLL("libsecret-1.so.0")
            glib = ctypes.CDLL("libglib-2.0.so.0")
            pointer = ctypes.c_void_p
            for function in (glib.g_hash_table_new, secret.secret_service_search_sync, secret.secret_value_new):
                function.restype = pointer
            glib.g_hash_table_insert.argtypes = [pointer] * 3
            secret.secret_service_search_sync.argtypes = [pointer, pointer, pointer, ctypes.c_int, pointer, pointer]
            secret.secret_item_set_secret_sync.argtypes = [pointer] * 4
            attributes = glib.g_hash_table_new(glib.g_str_hash, glib.g_str_equal)
            name, value = ctypes.create_string_buffer(b"key"), ctypes.create_string_buffer(b"k")
            glib.g_hash_table_insert(attributes, ctypes.addressof(name), ctypes.addressof(value))
            found = secret.secret_service_search_sync(None, None, attributes, 2, None, None)
            item = ctypes.cast(found, ctypes.POINTER(pointer))[0]
            bytes = secret.secret_value_new(b"\\xff\\xfe", 2, b"application/octet-stream")
            print("spoiled" if secret.secret_item_set_secret_sync(item, bytes, None, None) else "failed")
            """
    }
#endif
