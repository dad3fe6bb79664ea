import HTTPTypes
package import Hummingbird

extension Request {
    /// The bearer token of the header; other ways to send one are not accepted
    /// ([RFC 6750 section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1), RFC 9700 section 4.3.2).
    ///
    /// - Throws: ``WebError`` with status 401, without an error code if nothing was sent (RFC 6750 section 3).
    package func bearerToken() throws -> String {
        let parts = (headers[.authorization] ?? "").split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw WebError(.unauthorized, nil, "send the access token as a bearer token", challenge: .bearer)
        }
        return String(parts[1])
    }
}
