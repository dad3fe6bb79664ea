#if os(Linux)
    import CSecretService
    import KeyfobCredentials

    extension CredentialStoreError {
        private static let elsewhere = "or sign in without the keyring"

        /// The error that a reply stands for.
        init(_ reply: KeyfobSecretReply) {
            switch reply.outcome {
            case KeyfobSecretLocked: self = .lockedKeyring
            case KeyfobSecretNotUnlocked:
                self.init(
                    .denied, message: "the keyring was not unlocked",
                    hint: "run the command again and unlock it when you are asked, \(Self.elsewhere)")
            case KeyfobSecretNoCollection:
                self.init(
                    .unavailable, message: "there is no default keyring to keep a secret in",
                    hint: "make one in your desktop's program for passwords and keys, \(Self.elsewhere)")
            case KeyfobSecretNotText: self = .noText
            case KeyfobSecretNoLibrary:
                self.init(
                    .unavailable, message: "libsecret is not installed, and keyrings are reached through it",
                    hint: "install it (the package libsecret-1-0 or libsecret), \(Self.elsewhere)")
            case KeyfobSecretNoAnswer: self = .silentKeyring
            default: self.init(CauseOfFailure(reply))
            }
        }

        /// The error for an entry that some other program wrote.
        static var noText: Self {
            Self(
                .corrupt, message: "the keyring's entry is no text",
                hint: "remove it in your desktop's program for passwords and keys, then sign in again")
        }

        private static var lockedKeyring: Self {
            Self(
                .locked, message: "the keyring is locked",
                hint: "unlock it, as signing in to the desktop does, and run the command again")
        }

        private static var silentKeyring: Self {
            Self(
                .unavailable, message: "the keyring does not answer",
                hint: "a window of it may be waiting for you; else restart its service, \(elsewhere)")
        }

        private init(_ cause: CauseOfFailure) {
            switch (cause.domain, cause.number) {
            case ("secret-error", 2): self = .lockedKeyring
            // AccessDenied and AuthFailed of D-Bus, permission denied of gio.
            case ("g-dbus-error-quark", 9), ("g-dbus-error-quark", 10), ("g-io-error-quark", 14):
                self.init(
                    .denied, message: "the keyring refuses this program",
                    hint: "allow it in the keyring's settings, \(Self.elsewhere)", underlying: cause)
            // ServiceUnknown, NameHasNoOwner, and the failures of starting a service.
            case ("g-dbus-error-quark", 2...3), ("g-dbus-error-quark", 23...34):
                self.init(
                    .unavailable, message: "no keyring runs in this session",
                    hint: "start one, such as gnome-keyring or KeePassXC, \(Self.elsewhere)", underlying: cause)
            // NoReply, Timeout, TimedOut.
            case ("g-dbus-error-quark", 4), ("g-dbus-error-quark", 12), ("g-dbus-error-quark", 20):
                self = .silentKeyring
            // Not even the bus was reached.
            case ("g-io-error-quark", _):
                self.init(
                    .unavailable, message: "there is no session bus (D-Bus) to reach a keyring on",
                    hint: "sign in to a desktop session, start the program with dbus-run-session, \(Self.elsewhere)",
                    underlying: cause)
            default:
                self.init(
                    .unavailable, message: "the keyring failed: \(cause.text)",
                    hint: "look at its service, \(Self.elsewhere)", underlying: cause)
            }
        }
    }

    /// What libsecret said, for logs.
    private struct CauseOfFailure: Error, CustomStringConvertible {
        let domain: String
        let number: Int32
        let text: String

        init(_ reply: KeyfobSecretReply) {
            domain = withUnsafeBytes(of: reply.domain, Self.text)
            number = reply.code
            let words = withUnsafeBytes(of: reply.message, Self.text)
            text = words.isEmpty ? "nothing was said about why" : words
        }

        var description: String { "\(domain) \(number): \(text)" }

        private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
#endif
