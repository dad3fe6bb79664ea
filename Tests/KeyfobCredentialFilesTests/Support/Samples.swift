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
        timeForm: .milliseconds
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

extension CredentialFile {
    /// A file that must not warn.
    init(
        _ path: String, _ layout: CredentialLayout = .keyfob, format: any DocumentFormat = .json,
        secrets: SecretsApart? = nil, warnings: Warnings? = nil
    ) {
        self.init(path: path, format: format, layout: layout, secrets: secrets) { warning in
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

extension DocumentTable {
    /// The table as JSON.
    func text(indent: Int? = 2) -> String {
        JSONFormat(indent: indent).text(of: self)
    }
}

extension CredentialLayout.Names {
    /// Every part of a credential, each in the profile's own table.
    static let flatProfile = CredentialLayout.Names(
        accessToken: "token", tokenType: "token_type", refreshToken: "refresh_token", idToken: "id_token",
        expiresAt: "expires", scope: "scope", clientID: "client_id", account: "account", origin: "origin",
        createdAt: "created_at", store: "store", settings: ["project": "project", "endpoint": "api_endpoint"])

    /// The same in tables of their own.
    static let nestedProfile = CredentialLayout.Names(
        accessToken: ["auth", "token"], tokenType: ["auth", "token_type"], refreshToken: ["auth", "refresh_token"],
        idToken: ["auth", "id_token"], expiresAt: ["auth", "expires"], scope: ["auth", "scope"],
        clientID: ["auth", "client_id"], account: ["auth", "account"], origin: ["auth", "origin"],
        createdAt: ["auth", "created_at"], store: ["auth", "store"],
        settings: ["project": ["defaults", "project"], "endpoint": ["api", "endpoint"]])
}

extension CredentialLayout {
    /// A product's file with profiles, of which the top level is one.
    static let profiles = CredentialLayout(
        container: .profiles(
            Profiles(path: ["profiles"], rootKey: "default", rootNames: .nestedProfile, otherShapes: [.nestedProfile])),
        names: .flatProfile,
        timeForm: .timestamp,
        current: "current_profile"
    )

    /// A product's file with one credential at the top level beside tables of other things.
    static let topLevel = CredentialLayout(
        container: .one(name: "default", path: []),
        names: Names(accessToken: "token", refreshToken: "refresh_token", expiresAt: "token_expires_at"),
        timeForm: .fractionalSeconds
    )
}
