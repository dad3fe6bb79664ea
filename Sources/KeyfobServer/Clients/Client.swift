import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A program that may ask people to sign in
/// ([RFC 6749 section 2](https://www.rfc-editor.org/rfc/rfc6749#section-2)).
package struct Client: Sendable, Hashable {
    /// Whether the client may be used.
    package enum State: String, Sendable {
        /// It may.
        case active
        /// The operator said no.
        case disabled
    }

    /// What the operator decided about a client, kept as one JSON column.
    package struct Settings: Sendable, Hashable, Codable {
        /// Redirect URIs; a loopback one stands for any port.
        package var redirectURIs: [String] = []
        /// Grants that the client may use.
        package var grants: [GrantType] = GrantType.known
        /// Scopes that it may ask for.
        package var scopes = Scopes(["openid", "profile", "email", "offline_access"])
        /// What it gets when it asks for none; empty means that it must ask.
        package var defaultScopes = Scopes(["openid", "profile", "email", "offline_access"])
        /// Access tokens' kind and life.
        package var accessToken = AccessTokenPolicy.standard
        /// How it may sign people in by a link to a page; `nil` means that it may not.
        package var browserRequests: BrowserRequestPolicy?
        /// User codes of four consonants and four digits instead of eight consonants.
        package var userCodeHasDigits = false
        /// Whether the approval page says that the operator vouches for the client.
        package var isVerified = false
        /// The dialect whose brand the pages wear, if any.
        package var dialect: String?

        /// The settings of a command-line tool without further wishes.
        package init() {}

        /// How user codes look.
        package var userCodeFormat: UserCode.Format { userCodeHasDigits ? .lettersAndDigits : .letters }
    }

    /// The identifier that the client sends.
    package let id: String
    /// The name that people read.
    package let name: String
    /// The hash of a confidential client's secret; `nil` for a public client.
    package let secretHash: String?
    /// Whether the client may be used.
    package let state: State
    /// What the operator decided.
    package let settings: Settings

    /// Whether the client proves who it is by a secret.
    package var isConfidential: Bool { secretHash != nil }

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        name = try row.text("name")
        secretHash = try row.optionalText("secret_hash")
        state = try row.state("state", of: State.self)
        settings = try JSONDecoder().decode(Settings.self, from: Data(try row.text("settings").utf8))
    }

    static func find(_ id: String, _ connection: any SQLConnection) throws -> Client? {
        try connection.first(
            "SELECT id, name, secret_hash, state, settings FROM clients WHERE id = $1", [.text(id)]
        ).map(Client.init)
    }

    /// The scopes of a request: what it asks for, or the default.
    ///
    /// - Throws: ``ServerError`` with `invalid_scope` if one is malformed or not allowed for this client.
    package func scopes(requested text: String?) throws -> Scopes {
        guard let text else {
            guard !settings.defaultScopes.isEmpty else {
                throw ServerError.oauth(.invalidScope, "this client has no default scope: send one")
            }
            return settings.defaultScopes
        }
        guard let scopes = try? Scopes(parsing: text), !scopes.isEmpty else {
            throw ServerError.oauth(.invalidScope, "the scope is malformed")
        }
        let unknown = scopes.subtracting(settings.scopes)
        guard unknown.isEmpty else {
            throw ServerError.oauth(.invalidScope, "this client may not ask for the scope \(unknown)")
        }
        return scopes
    }

    /// Refuses a grant that the operator did not allow for this client.
    package func require(_ grant: GrantType) throws {
        guard settings.grants.contains(grant) else {
            throw ServerError.oauth(.unauthorizedClient, "this client may not use the grant \(grant.rawValue)")
        }
    }
}
