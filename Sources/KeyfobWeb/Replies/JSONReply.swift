import FoundationEssentials
package import HTTPTypes
package import Hummingbird
import KeyfobProtocol

extension Response {
    /// A JSON reply that nobody may store ([RFC 6749 section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
    ///
    /// - Parameters:
    ///   - value: The value; dates are not expected in it.
    ///   - status: The status; 200 by default.
    ///   - headers: Further headers.
    /// - Returns: The reply.
    /// - Throws: What the value throws when it is encoded.
    package static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(value)
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/json"
        headers[.cacheControl] = headers[.cacheControl] ?? "no-store"
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// An error reply of an endpoint ([RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    package static func error(_ error: WebError) throws -> Response {
        var headers: HTTPFields = [:]
        headers[.retryAfter] = error.retryAfter.map { String($0) }
        switch error.challenge {
        case .basic: headers[.wwwAuthenticate] = #"Basic realm="keyfob""#
        case .bearer:
            let code = error.code.map { #", error="\#($0.rawValue)", error_description="\#(error.description)""# }
            headers[.wwwAuthenticate] = #"Bearer realm="keyfob""# + (code ?? "")
        case nil: break
        }
        guard let code = error.code else {
            return Response(status: error.status, headers: headers)
        }
        return try .json(
            ErrorReply(error: code, description: error.description), status: error.status, headers: headers)
    }
}
