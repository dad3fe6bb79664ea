/// A reply of the userinfo endpoint
/// ([OpenID Connect Core section 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)).
public struct UserInfoReply: Sendable, Hashable, Codable {
    /// The account's identifier.
    public var subject: String
    /// The full name, with the scope `profile`.
    public var name: String?
    /// The name that the person signs in with, with the scope `profile`.
    public var preferredUsername: String?
    /// The address, with the scope `email`.
    public var email: String?
    /// Whether the operator vouches for the address.
    public var emailVerified: Bool?

    /// Makes a reply.
    public init(
        subject: String, name: String? = nil, preferredUsername: String? = nil, email: String? = nil,
        emailVerified: Bool? = nil
    ) {
        self.subject = subject
        self.name = name
        self.preferredUsername = preferredUsername
        self.email = email
        self.emailVerified = emailVerified
    }

    private enum CodingKeys: String, CodingKey {
        case subject = "sub"
        case name
        case preferredUsername = "preferred_username"
        case email
        case emailVerified = "email_verified"
    }
}
