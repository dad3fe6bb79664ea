import FoundationEssentials
import KeyfobProtocol

/// Who this program is for the server ([RFC 6749 section 2](https://www.rfc-editor.org/rfc/rfc6749#section-2)).
///
/// It describes itself without its secret.
public struct ClientIdentity: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// How the client proves who it is.
    public enum Authentication: Sendable, Hashable {
        /// A public client: its identifier alone, in the body.
        case none
        /// `client_secret_basic`.
        case basic(secret: String)
        /// `client_secret_post`.
        case post(secret: String)
    }

    /// The client identifier.
    public let id: String
    /// How the client authenticates.
    public let authentication: Authentication

    /// Makes an identity.
    public init(id: String, authentication: Authentication = .none) {
        self.id = id
        self.authentication = authentication
    }

    /// Makes an identity for a server that says which methods it takes.
    ///
    /// - Parameters:
    ///   - id: The client identifier.
    ///   - secret: The client's secret; `nil` for a public client.
    ///   - methods: The server's `token_endpoint_auth_methods_supported`; without it `client_secret_basic` holds
    ///     ([RFC 8414 section 2](https://www.rfc-editor.org/rfc/rfc8414#section-2)).
    public init(id: String, secret: String?, methods: [String]?) {
        self.id = id
        if let secret {
            let prefersPost = methods.map { !$0.contains("client_secret_basic") && $0.contains("client_secret_post") }
            authentication = prefersPost == true ? .post(secret: secret) : .basic(secret: secret)
        } else {
            authentication = .none
        }
    }

    /// The identifier and the kind of authentication.
    public var description: String {
        switch authentication {
        case .none: "client \(id)"
        case .basic, .post: "client \(id) with a secret"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the secret.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }

    // Both halves are form-encoded before they are joined (RFC 6749 section 2.3.1).
    func basicAuthorization(_ secret: String) -> String {
        let pair = PercentEncoding.encodeForm(id) + ":" + PercentEncoding.encodeForm(secret)
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }
}
