import FoundationEssentials
import HTTPTypes
import KeyfobProtocol

extension HTTPReply {
    /// Reads a successful JSON reply.
    ///
    /// - Parameters:
    ///   - type: What the body is decoded as.
    ///   - what: What the reply is, for the error's text.
    /// - Returns: The decoded body.
    /// - Throws: The errors of ``failure(reading:)``, and ``ClientError/Code/unexpectedReply`` for a reply that is not
    ///   the JSON it should be.
    func json<Value: Decodable>(_ type: Value.Type, of what: String) throws(ClientError) -> Value {
        guard (200..<300).contains(status) else { throw failure(reading: what) }
        try requireJSON(what)
        return try decoded(type, of: what)
    }

    /// The error that a status other than success stands for: an OAuth error where the body is one
    /// ([RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    func failure(reading what: String) -> ClientError {
        if let refusal = oauthError {
            return Self.refusal(refusal, status: status)
        }
        switch status {
        case 300..<400: return redirected(what)
        case 401:
            return ClientError(.unauthorized, "the server does not accept the token", status: status)
        case 429, 500...:
            return ClientError(
                .serverFailure, "the server could not answer now (status \(status))", hint: "try again in a moment",
                status: status)
        default:
            return ClientError(
                .unexpectedReply, "the server answered the \(what) with status \(status)",
                hint: "check that this is the address of a sign-in server", status: status)
        }
    }

    /// The error for a redirect: no secret follows one.
    func redirected(_ what: String) -> ClientError {
        // The query may be our own, secrets included.
        let target = response.headerFields[.location].map { $0.prefix { $0 != "?" && $0 != "#" } } ?? "nowhere"
        return ClientError(
            .unexpectedReply, "the server redirects the \(what) to \(Self.printable(String(target)))",
            hint: "use the server's own address", status: status)
    }

    /// The OAuth error in the body, if it is one.
    var oauthError: ErrorReply? {
        guard mediaType.map(Self.isJSON) ?? true else { return nil }
        return try? JSONDecoder().decode(ErrorReply.self, from: Data(body))
    }

    /// Makes sure that the body calls itself JSON.
    func requireJSON(_ what: String) throws(ClientError) {
        guard let mediaType else { return }
        guard Self.isJSON(mediaType) else { throw pageInstead(of: what) }
    }

    /// The error for a reply that is a web page or something else where the server's own answer should be.
    func pageInstead(of what: String) -> ClientError {
        let found = mediaType == "text/html" ? "a web page" : Self.printable(mediaType ?? "no content type")
        return ClientError(
            .unexpectedReply, "the server answered the \(what) with \(found) instead of JSON",
            hint: "check the address, and whether a proxy or a sign-in page of the network stands in between",
            status: status)
    }

    /// Decodes the body.
    func decoded<Value: Decodable>(_ type: Value.Type, of what: String) throws(ClientError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw ClientError(
                .unexpectedReply, "the \(what) is not what the standard says: \(Self.reason(error))",
                hint: "this is a fault of the server; tell its operator", status: status)
        }
    }

    private static func refusal(_ reply: ErrorReply, status: Int) -> ClientError {
        let detail = reply.description.map { ": \(printable($0))" } ?? ""
        let code: ClientError.Code =
            switch reply.error {
            case .accessDenied: .denied
            case .expiredToken: .expired
            case .temporarilyUnavailable, .serverError: .serverFailure
            case .invalidToken: .unauthorized
            default: status >= 500 ? .serverFailure : .refused
            }
        return ClientError(
            code, "the server refused: \(printable(reply.error.rawValue))\(detail)", oauthError: reply.error,
            status: status)
    }

    private static func isJSON(_ mediaType: String) -> Bool {
        mediaType == "application/json" || mediaType.hasSuffix("+json")
    }

    // Decoding errors quote values; only the names of fields are fit to be shown.
    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "a value is out of range" }
        switch error {
        case .keyNotFound(let key, _): return "\(printable(key.stringValue)) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(printable(context.codingPath.last?.stringValue ?? "the document")) has the wrong type"
        default: return "it is not valid JSON"
        }
    }

    /// Text of a server in a form that is fit for a terminal: short, and without control characters.
    static func printable(_ text: String) -> String {
        let clean = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(clean.prefix(300)))
    }
}
