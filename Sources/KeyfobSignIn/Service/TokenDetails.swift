public import FoundationEssentials
import KeyfobClient
import KeyfobProtocol

/// What a server says of a token and of whom it belongs to; every part may be unknown.
public struct TokenDetails: Sendable, Equatable {
    /// The account's identifier.
    public var subject: String?
    /// The full name.
    public var name: String?
    /// The name that the person signs in with.
    public var username: String?
    /// The address.
    public var email: String?
    /// When the token ends.
    public var expiresAt: Date?
    /// When the token was issued.
    public var issuedAt: Date?
    /// What was granted; empty when nobody said.
    public var scopes: [String] = []
    /// The client that the token was issued to.
    public var clientID: String?
    /// Everything else that the product's facts have a name for.
    public var fields: [String: String] = [:]

    /// Makes details that say nothing.
    public init() {}

    /// What to call the account: the address, the sign-in name, the full name or the identifier, whichever is there.
    public var account: String? { email ?? username ?? name ?? subject }

    init(_ info: UserInfoReply) {
        subject = info.subject
        name = info.name
        username = info.preferredUsername
        email = info.email
    }

    init(_ reply: IntrospectionReply) {
        subject = reply.subject
        username = reply.username
        expiresAt = reply.expiresAt.map { Date(timeIntervalSince1970: TimeInterval($0)) }
        issuedAt = reply.issuedAt.map { Date(timeIntervalSince1970: TimeInterval($0)) }
        scopes = reply.scope?.names ?? []
        clientID = reply.clientID
    }

    /// Reads a resource's reply with a product's facts; `nil` where it says none of what they name.
    ///
    /// `expires_at` and `issued_at` are RFC 3339 times, `scope` is the standard's list; a text that is neither is
    /// unknown.
    init?(_ values: ReplyValue, _ paths: [String: [String]]) {
        for (name, path) in paths {
            guard let text = values.value(at: path)?.text else { continue }
            switch name {
            case "subject": subject = text
            case "name": self.name = text
            case "username": username = text
            case "email": email = text
            case "expires_at": expiresAt = try? Date(text, strategy: .iso8601)
            case "issued_at": issuedAt = try? Date(text, strategy: .iso8601)
            case "scope": scopes = (try? Scopes(parsing: text))?.names ?? []
            default: fields[name] = text
            }
        }
        guard self != TokenDetails() else { return nil }
    }
}
