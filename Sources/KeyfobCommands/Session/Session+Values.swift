import FoundationEssentials
import KeyfobCredentials
public import KeyfobSignIn

extension Session {
    /// What is known of a credential without asking anyone, as values for screens.
    ///
    /// `token` (its first characters), `kind`, `account`, `scopes`, `created`, `expires` and `refreshed`; those that
    /// nobody said are left out.
    ///
    /// - Parameter credential: The credential.
    /// - Returns: The values by placeholder.
    public func values(of credential: Credential) -> [String: String] {
        var values: [String: String] = [:]
        values["token"] = String(credential.accessToken.reveal().prefix(product.shownCharacters))
        values["kind"] = credential.refreshToken == nil ? "token" : "login"
        values["account"] = credential.account
        if !credential.scopes.isEmpty { values["scopes"] = credential.scopes.joined(separator: " ") }
        values["created"] = credential.createdAt.map { Self.day($0) }
        values["expires"] = credential.expiresAt.map { Self.day($0) }
        values["refreshed"] = credential.refreshToken == nil && !exchanges ? "no" : "automatically"
        if product.profiles != nil { values["profile"] = try? key() }
        return values
    }

    /// The same with what the service said of the token, which wins.
    func values(of credential: Credential, _ details: TokenDetails?) -> [String: String] {
        var values = values(of: credential)
        guard let details else { return values }
        values["account"] = details.account ?? values["account"]
        values["subject"] = details.subject
        values["name"] = details.name
        values["username"] = details.username
        values["email"] = details.email
        if !details.scopes.isEmpty { values["scopes"] = details.scopes.joined(separator: " ") }
        if let time = details.issuedAt { values["created"] = Self.day(time) }
        if let time = details.expiresAt { values["expires"] = Self.day(time) }
        return values.merging(details.fields) { $1 }
    }

    /// Where a credential came from, in words for people.
    public func name(of source: CredentialChain.Source) -> String {
        switch source {
        case .environment(let variable): "\(variable) env var"
        case .stored: "credentials file"
        }
    }

    // A day as `2024-12-31`, in UTC: what people compare, the same everywhere.
    static func day(_ time: Date) -> String {
        String(time.formatted(.iso8601).prefix(10))
    }
}
