/// A grant type as it stands on the wire.
public struct GrantType: RawRepresentable, Sendable, Hashable, Codable {
    /// The wire value.
    public let rawValue: String

    /// Makes a grant type of any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// [RFC 6749 section 4.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1).
    public static let authorizationCode = GrantType(rawValue: "authorization_code")
    /// [RFC 6749 section 6](https://www.rfc-editor.org/rfc/rfc6749#section-6).
    public static let refreshToken = GrantType(rawValue: "refresh_token")
    /// [RFC 8628 section 3.4](https://www.rfc-editor.org/rfc/rfc8628#section-3.4).
    public static let deviceCode = GrantType(rawValue: "urn:ietf:params:oauth:grant-type:device_code")

    /// Every grant type that this library knows.
    public static let known: [GrantType] = [.authorizationCode, .refreshToken, .deviceCode]
}
