#if os(Linux)
    import CSecretService
    public import KeyfobCredentials

    /// Secrets in the [Secret Service](https://specifications.freedesktop.org/secret-service-spec/) of the user's
    /// session: GNOME Keyring, KWallet, KeePassXC.
    ///
    /// Each secret is an item with the attributes `application` and `key`, so that
    /// `secret-tool lookup application keyfob key NAME` finds it. libsecret is opened when it is used first; a look-up
    /// takes some 20 milliseconds. Which session's keyring it is, libsecret takes from the process's environment
    /// (`DBUS_SESSION_BUS_ADDRESS`, else `XDG_RUNTIME_DIR`).
    public struct SecretServiceStore: SecretStore {
        /// Always `the Secret Service keyring`.
        public let location = "the Secret Service keyring"

        private let application: String
        private let patience: KeyfobSecretPatience

        /// Makes a store; nothing is opened or asked before it is used.
        ///
        /// - Parameters:
        ///   - application: The attribute of all its items; `keyfob` by default.
        ///   - patience: How long the service may take to answer; three seconds by default.
        ///   - unlockPatience: How long a person may take to unlock the keyring; zero, the default, asks nobody.
        public init(
            application: String = "keyfob", patience: Duration = .seconds(3), unlockPatience: Duration = .zero
        ) {
            self.application = application
            self.patience = KeyfobSecretPatience(answer: patience.milliseconds, unlock: unlockPatience.milliseconds)
        }

        /// Reads a secret.
        ///
        /// - Parameter key: The secret's key.
        /// - Returns: The secret; `nil` when the keyring is open and has none.
        /// - Throws: ``CredentialStoreError``: locked, denied, corrupt for what is no text, else unavailable.
        public func read(_ key: String) throws(CredentialStoreError) -> Secret? {
            guard !key.hasZeroByte else { return nil }
            let reply = named(key) { keyfob_secret_read($0, patience) }
            defer { keyfob_secret_free(reply.secret) }
            if reply.outcome == KeyfobSecretAbsent { return nil }
            guard reply.outcome == KeyfobSecretDone, let text = reply.secret else { throw CredentialStoreError(reply) }
            guard let valid = String(validatingCString: text) else { throw CredentialStoreError.noText }
            return Secret(valid)
        }

        /// Keeps a secret in the default keyring.
        ///
        /// - Parameters:
        ///   - secret: What to keep.
        ///   - key: Its key.
        ///   - label: What the desktop's programs show for it.
        /// - Throws: ``CredentialStoreError``; the secret of before is then still there.
        public func write(_ secret: Secret, for key: String, label: String) throws(CredentialStoreError) {
            guard !key.hasZeroByte, !secret.reveal().hasZeroByte else {
                throw CredentialStoreError(
                    .denied, message: "the keyring keeps no text with a zero byte in it",
                    hint: "look at where the secret comes from")
            }
            let reply = named(key) { keyfob_secret_write($0, label, secret.reveal(), patience) }
            guard reply.outcome == KeyfobSecretDone else { throw CredentialStoreError(reply) }
        }

        /// Removes a secret.
        ///
        /// - Parameter key: The secret's key.
        /// - Returns: False when the keyring is open and had none.
        /// - Throws: ``CredentialStoreError``.
        @discardableResult
        public func delete(_ key: String) throws(CredentialStoreError) -> Bool {
            guard !key.hasZeroByte else { return false }
            let reply = named(key) { keyfob_secret_delete($0, patience) }
            if reply.outcome == KeyfobSecretAbsent { return false }
            guard reply.outcome == KeyfobSecretDone else { throw CredentialStoreError(reply) }
            return true
        }

        private func named(_ key: String, _ body: (KeyfobSecretName) -> KeyfobSecretReply) -> KeyfobSecretReply {
            application.withCString { application in
                key.withCString { body(KeyfobSecretName(application: application, key: $0)) }
            }
        }
    }

    extension Duration {
        // Rounded up, so that a time above zero does not become none.
        fileprivate var milliseconds: UInt32 {
            let (seconds, attoseconds) = components
            let (whole, isOver) = seconds.multipliedReportingOverflow(by: 1000)
            return isOver ? .max : UInt32(clamping: whole + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
        }
    }

    extension String {
        // C would take it for the text's end, and one key for another.
        fileprivate var hasZeroByte: Bool { utf8.contains(0) }
    }
#endif
