import FoundationEssentials
import KeyfobServer

/// A long-lived token, as the API tells of one.
struct CldkctlToken: Encodable {
    let id: String
    let name: String
    let prefix: String
    let status: String
    let createdAt: String
    let expiredAt: String?
    let lastUsedAt: String?
    /// The secret, right after it was made and never again.
    let token: String?

    init(_ token: PersonalToken, secret: String? = nil, at now: Date) {
        id = token.id
        name = token.name
        prefix = token.start
        status =
            switch token.state(at: now) {
            case .active: "active"
            case .expired: "expired"
            case .revoked: "revoked"
            }
        createdAt = token.createdAt.formatted(.iso8601)
        expiredAt = token.expiresAt?.formatted(.iso8601)
        lastUsedAt = token.lastUsedAt?.formatted(.iso8601)
        self.token = secret
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, prefix, status, token
        case createdAt = "created_at"
        case expiredAt = "expired_at"
        case lastUsedAt = "last_used_at"
    }
}
