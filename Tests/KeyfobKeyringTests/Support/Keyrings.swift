#if os(Linux)
    import Glibc
    import KeyfobCredentials
    import KeyfobKeyring
    import Testing

    /// A keyring on a bus, for the process of an exit test: libsecret takes the bus from the environment, once.
    func keyring(
        at address: String?, patience: Duration = .seconds(30), unlockPatience: Duration = .zero
    ) -> SecretServiceStore {
        // Without a display and a runtime folder no bus is found, or started, but the one that is named.
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] { unsetenv(name) }
        setenv("XDG_RUNTIME_DIR", "/nonexistent", 1)
        if let address { setenv("DBUS_SESSION_BUS_ADDRESS", address, 1) }
        return SecretServiceStore(patience: patience, unlockPatience: unlockPatience)
    }

    /// Expects an error of a code and a message that has a hint and no secret in any of its texts.
    func expectError(
        _ code: CredentialStoreError.Code, _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: CredentialStoreError.self, sourceLocation: sourceLocation) { try body() }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        #expect(error?.message == message, sourceLocation: sourceLocation)
        #expect(error?.hint.isEmpty == false, sourceLocation: sourceLocation)
        #expect(!"\(String(reflecting: error))".contains("at-"), sourceLocation: sourceLocation)
    }
#endif
