public import KeyfobCredentials

/// The place where the system keeps secrets: the Keychain on macOS, the Secret Service elsewhere.
public enum Keyring {
    /// Whether people expect secrets there without asking for it, as they do on macOS.
    public static var isCustomary: Bool {
        #if canImport(Security)
            true
        #else
            false
        #endif
    }

    /// Makes the store; nothing is opened or asked before it is used.
    ///
    /// - Parameters:
    ///   - application: What the secrets are filed under, apart from other programs' secrets; `keyfob` by default.
    ///   - unlockPatience: How long a person may take to unlock the keyring; zero, the default, asks nobody, as is right
    ///     where there is no display. The Keychain has its own way of asking.
    /// - Returns: The store.
    public static func store(application: String = "keyfob", unlockPatience: Duration = .zero) -> any SecretStore {
        #if canImport(Security)
            KeychainStore(application: application)
        #else
            SecretServiceStore(application: application, unlockPatience: unlockPatience)
        #endif
    }
}
