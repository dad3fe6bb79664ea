import FoundationEssentials
import HTTPTypes
package import Hummingbird
package import KeyfobProtocol
package import KeyfobServer

extension ClientCredentials {
    /// Reads them from the header or from the form, never from both
    /// ([RFC 6749 section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    ///
    /// - Throws: ``WebError`` with `invalid_request` for two ways at once, with `invalid_client` for none.
    package init(_ request: Request, _ fields: FormFields) throws {
        let id = try fields.optional("client_id")
        let secret = try fields.optional("client_secret")
        guard let header = request.headers[.authorization] else {
            guard let id else {
                throw WebError(.unauthorized, .invalidClient, "client_id is missing", challenge: .basic)
            }
            self.init(id: id, secret: secret)
            return
        }
        guard secret == nil else {
            throw WebError(.badRequest, .invalidRequest, "the client authenticates in two ways at once")
        }
        guard let (headerID, headerSecret) = Self.basic(header) else {
            throw WebError(
                .unauthorized, .invalidClient, "the Authorization header is not Basic", challenge: .basic
            )
        }
        guard id == nil || id == headerID else {
            throw WebError(.badRequest, .invalidRequest, "client_id differs from the Authorization header")
        }
        self.init(id: headerID, secret: headerSecret)
    }

    private static func basic(_ header: String) -> (id: String, secret: String?)? {
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let text = String(validating: data, as: UTF8.self), let colon = text.firstIndex(of: ":"),
            let id = PercentEncoding.decodeForm(text[..<colon].utf8),
            let secret = PercentEncoding.decodeForm(text[text.index(after: colon)...].utf8)
        else { return nil }
        return (id, secret.isEmpty ? nil : secret)
    }
}
