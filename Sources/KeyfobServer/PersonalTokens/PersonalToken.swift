package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A token that a person made on a page, to be pasted where no browser signs in.
///
/// Its secret is seen once, when it is made; only a hash is kept.
package struct PersonalToken: Sendable, Hashable {
    /// Where a token is in its life.
    package enum State: Sendable, Hashable {
        /// It is good.
        case active
        /// Its time is over.
        case expired
        /// Its owner or the operator ended it.
        case revoked
    }

    /// The identifier; no secret.
    package let id: String
    /// Whose it is.
    package let accountID: String
    /// Which client it works for.
    package let clientID: String
    /// What its owner calls it.
    package let name: String
    /// The first characters of the secret, by which people tell their tokens apart.
    package let start: String
    /// What it allows.
    package let scopes: Scopes
    /// When its present secret was made.
    package let createdAt: Date
    /// When it expires; `nil` if it lives until it is revoked.
    package let expiresAt: Date?
    /// When it was used last, up to a minute ago; `nil` if it never was.
    package let lastUsedAt: Date?
    /// When it was revoked; `nil` if it was not.
    package let revokedAt: Date?

    /// Where the token is in its life at some time.
    package func state(at now: Date) -> State {
        if revokedAt != nil { return .revoked }
        return expiresAt.map { $0 <= now } ?? false ? .expired : .active
    }

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        accountID = try row.text("account_id")
        clientID = try row.text("client_id")
        name = try row.text("name")
        start = try row.text("start")
        scopes = try row.scopes("scope")
        createdAt = try row.date("created_at")
        expiresAt = try row.optionalDate("expires_at")
        lastUsedAt = try row.optionalDate("last_used_at")
        revokedAt = try row.optionalDate("revoked_at")
    }
}
