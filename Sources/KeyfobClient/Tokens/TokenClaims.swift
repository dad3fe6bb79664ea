public import FoundationEssentials
import KeyfobProtocol

/// What a JSON Web Token says of itself, read without any proof, to be shown to its owner.
///
/// No decision about access may rest on it: whoever wants to know whether a token is good asks the server
/// ([RFC 9068 section 6](https://www.rfc-editor.org/rfc/rfc9068#section-6)).
public struct TokenClaims: Sendable, Equatable {
    /// All claims.
    public let values: ReplyValue

    /// Reads a token; `nil` for one that is no JSON Web Token.
    public init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.decode(parts[1]),
            let values = try? JSONDecoder().decode(ReplyValue.self, from: Data(bytes)), case .object = values
        else { return nil }
        self.values = values
    }

    /// When the token ends, by the server's clock (`exp`).
    public var expiresAt: Date? { date("exp") }
    /// When the token was issued, by the server's clock (`iat`).
    public var issuedAt: Date? { date("iat") }
    /// The account's identifier (`sub`).
    public var subject: String? { values.value(at: ["sub"])?.text }
    /// The server (`iss`).
    public var issuer: String? { values.value(at: ["iss"])?.text }
    /// What was granted (`scope`).
    public var scopes: [String] {
        values.value(at: ["scope"])?.text.map { $0.split(separator: " ").map { String($0) } } ?? []
    }

    /// How long the token lives from its issue, in seconds, whatever anybody's clock says.
    public var lifetime: TimeInterval? {
        guard let expiresAt, let issuedAt, expiresAt > issuedAt else { return nil }
        return expiresAt.timeIntervalSince(issuedAt)
    }

    private func date(_ name: String) -> Date? {
        guard let seconds = values.value(at: [name])?.wholeNumber, seconds > 0 else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(seconds))
    }
}
