#if canImport(Security)
    public import KeyfobCredentials
    import Security

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// Secrets in the macOS Keychain, each a generic password of one service.
    ///
    /// Written to the letter of Apple's documentation and not run by this project's tests, which have no Mac.
    public struct KeychainStore: SecretStore {
        /// Always `the Keychain`.
        public let location = "the Keychain"

        private let application: String

        /// Makes a store; nothing is opened or asked before it is used.
        ///
        /// - Parameter application: The service that all its items are filed under; `keyfob` by default.
        public init(application: String = "keyfob") {
            self.application = application
        }

        /// Reads a secret.
        ///
        /// - Parameter key: The secret's key.
        /// - Returns: The secret; `nil` when the Keychain has none.
        /// - Throws: ``CredentialStoreError``: locked, denied, corrupt for what is no text, else unavailable.
        public func read(_ key: String) throws(CredentialStoreError) -> Secret? {
            var query = query(key)
            query[kSecReturnData] = true
            query[kSecMatchLimit] = kSecMatchLimitOne
            var found: CFTypeRef?
            let status = SecItemCopyMatching(query as CFDictionary, &found)
            if status == errSecItemNotFound { return nil }
            guard status == errSecSuccess else { throw CredentialStoreError(status) }
            guard let bytes = found as? Data, let text = String(validating: bytes, as: UTF8.self) else {
                throw CredentialStoreError(
                    .corrupt, message: "the Keychain's entry is no text",
                    hint: "remove it in Keychain Access, then sign in again")
            }
            return Secret(text)
        }

        /// Keeps a secret.
        ///
        /// - Parameters:
        ///   - secret: What to keep.
        ///   - key: Its key.
        ///   - label: What Keychain Access shows for it.
        /// - Throws: ``CredentialStoreError``; the secret of before is then still there.
        public func write(_ secret: Secret, for key: String, label: String) throws(CredentialStoreError) {
            let value: [CFString: Any] = [kSecValueData: Data(secret.reveal().utf8), kSecAttrLabel: label]
            var status = SecItemUpdate(query(key) as CFDictionary, value as CFDictionary)
            if status == errSecItemNotFound {
                let item = query(key).merging(value) { _, new in new }
                status = SecItemAdd(item as CFDictionary, nil)
            }
            guard status == errSecSuccess else { throw CredentialStoreError(status) }
        }

        /// Removes a secret.
        ///
        /// - Parameter key: The secret's key.
        /// - Returns: False when there was none.
        /// - Throws: ``CredentialStoreError``.
        @discardableResult
        public func delete(_ key: String) throws(CredentialStoreError) -> Bool {
            let status = SecItemDelete(query(key) as CFDictionary)
            if status == errSecItemNotFound { return false }
            guard status == errSecSuccess else { throw CredentialStoreError(status) }
            return true
        }

        private func query(_ key: String) -> [CFString: Any] {
            [kSecClass: kSecClassGenericPassword, kSecAttrService: application, kSecAttrAccount: key]
        }
    }

    extension CredentialStoreError {
        fileprivate init(_ status: OSStatus) {
            switch status {
            // There is nobody to unlock it, as over SSH.
            case errSecInteractionNotAllowed:
                self.init(
                    .locked, message: "the Keychain is locked",
                    hint: "run 'security unlock-keychain', and run the command again")
            case errSecAuthFailed, errSecUserCanceled, errSecWrPerm, errSecReadOnly:
                self.init(
                    .denied, message: "the Keychain refuses this program",
                    hint: "run the command again and allow it, or sign in without the keyring")
            default:
                let text = SecCopyErrorMessageString(status, nil).map { $0 as String } ?? "status \(status)"
                self.init(
                    .unavailable, message: "the Keychain failed: \(text)",
                    hint: "look at it in Keychain Access, or sign in without the keyring")
            }
        }
    }
#endif
