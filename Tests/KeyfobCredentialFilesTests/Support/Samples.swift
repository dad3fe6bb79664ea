import KeyfobCredentialFiles
import KeyfobCredentials
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Date {
    /// A time in whole seconds.
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)
}

extension Credential {
    /// A credential with every part.
    static let full = Credential(
        accessToken: Secret("at-1"),
        tokenType: "DPoP",
        refreshToken: Secret("rt-1"),
        idToken: Secret("id-1"),
        expiresAt: .noon + 900,
        scopes: ["openid", "projects.read"],
        clientID: "keyfob",
        account: "ada@example.org",
        origin: .login,
        createdAt: .noon
    )

    /// A credential with nothing but a token.
    static func pasted(_ token: String) -> Credential {
        Credential(accessToken: Secret(token), origin: .pasted)
    }
}

extension CredentialLayout {
    /// A product's file with one credential among other things.
    static let flat = CredentialLayout(
        container: .one(name: "default", path: []),
        names: Names(accessToken: "token", origin: "origin", createdAt: "created_at"),
        timeUnit: .milliseconds
    )
}

/// What a store said that people should read.
final class Warnings: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func add(_ text: String) {
        texts.withLock { texts in texts.append(text) }
    }
}

extension JSONCredentialFile {
    /// A file that must not warn.
    init(_ path: String, _ layout: CredentialLayout = .keyfob, warnings: Warnings? = nil) {
        self.init(path: path, layout: layout) { warning in
            guard let warnings else { preconditionFailure("unexpected warning: \(warning)") }
            warnings.add(warning)
        }
    }
}

/// The code of the error that a body throws; nil when it throws none.
func code(of body: () throws(CredentialStoreError) -> Void) -> CredentialStoreError.Code? {
    do throws(CredentialStoreError) {
        try body()
        return nil
    } catch {
        return error.code
    }
}
