/// The body of an OAuth error ([RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
public struct ErrorReply: Sendable, Hashable, Codable {
    /// What went wrong, for programs.
    public let error: OAuthErrorCode
    /// What went wrong, for the developer who reads it.
    public let description: String?

    /// Makes a reply.
    public init(error: OAuthErrorCode, description: String? = nil) {
        self.error = error
        self.description = description
    }

    private enum CodingKeys: String, CodingKey {
        case error
        case description = "error_description"
    }
}
