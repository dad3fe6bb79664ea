/// How a request presents its token in the `Authorization` field.
public enum TokenScheme: Sendable, Hashable {
    /// `Bearer` and the token ([RFC 6750 section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    case bearer
    /// The token alone, as some services want it.
    case bare

    /// The field's value.
    func field(_ token: String) -> String {
        switch self {
        case .bearer: "Bearer \(token)"
        case .bare: token
        }
    }
}
