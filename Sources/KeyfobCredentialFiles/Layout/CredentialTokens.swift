import KeyfobCredentials

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The part of a credential that may be kept apart from the rest of it.
///
/// As one text it is one secret of a keyring, so that an access token and its refresh token change together.
struct CredentialTokens: Equatable {
    var accessToken: Secret
    var refreshToken: Secret?
    var idToken: Secret?
    var exchanged: Credential.Exchanged?
    /// The expiry of the access token, where the place of the tokens knows it better than the file.
    var expiresAt: Date?

    init(
        accessToken: Secret, refreshToken: Secret? = nil, idToken: Secret? = nil,
        exchanged: Credential.Exchanged? = nil, expiresAt: Date? = nil
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.idToken = idToken
        self.exchanged = exchanged
        self.expiresAt = expiresAt
    }

    init(_ credential: Credential) {
        self.init(
            accessToken: credential.accessToken, refreshToken: credential.refreshToken, idToken: credential.idToken,
            exchanged: credential.exchanged, expiresAt: credential.expiresAt)
    }

    private static let layout = CredentialLayout(
        container: .one(name: "", path: []),
        names: CredentialLayout.Names(
            accessToken: "access_token", refreshToken: "refresh_token", idToken: "id_token", expiresAt: "expires_at",
            exchangedToken: ["exchanged", "token"], exchangedExpiresAt: ["exchanged", "expires_at"]),
        timeForm: .fractionalSeconds
    )

    /// The tokens as one secret.
    var secret: Secret {
        var document = DocumentTable()
        let credential = Credential(
            accessToken: accessToken, refreshToken: refreshToken, idToken: idToken, expiresAt: expiresAt,
            origin: .login, exchanged: exchanged)
        try? Self.layout.put(credential, for: "", apart: false, into: &document)
        return Secret(JSONFormat(indent: nil).text(of: document))
    }

    /// Reads the secret; one that another program made is the access token itself.
    init(_ secret: Secret) {
        let document = try? JSONFormat().parse(Array(secret.reveal().utf8))
        if let document, let found = try? Self.layout.credential(for: "", in: document) {
            self.init(found)
        } else {
            self.init(accessToken: secret)
        }
    }
}
