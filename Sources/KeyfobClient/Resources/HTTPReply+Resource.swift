import FoundationEssentials
import KeyfobProtocol

extension HTTPReply {
    /// The error that a resource's status stands for, with the server's own words.
    ///
    /// The status decides, since services put what they like into the body; of the body only the words are taken.
    func resourceFailure(of what: String) -> ClientError {
        let words = ServerWords(self)
        let said = words.text.map { ": \($0)" } ?? ""
        func error(_ code: ClientError.Code, _ message: String, hint: String? = nil) -> ClientError {
            ClientError(
                code, message + said, hint: hint, oauthError: words.oauthError, status: status,
                serverText: words.text, serverCode: words.code)
        }
        switch status {
        case 300..<400: return redirected(what)
        case 401: return error(.unauthorized, "the server does not accept the token")
        case 403: return error(.forbidden, "the server does not allow this with the token")
        case 404: return error(.notFound, "the server has no such thing")
        case 429, 500...:
            return error(
                .serverFailure, "the server could not answer now (status \(status))", hint: "try again in a moment")
        default: return error(.refused, "the server refused (status \(status))")
        }
    }
}

/// What a server says of its refusal, in the forms that are seen: the standard's, an object, a message, plain text.
private struct ServerWords {
    var text: String?
    var code: String?
    var oauthError: OAuthErrorCode?

    init(_ reply: HTTPReply) {
        if reply.mediaType == "text/plain" {
            text = Self.clean(String(decoding: reply.body.prefix(2_000), as: UTF8.self))
            return
        }
        guard (try? reply.requireJSON("refusal")) != nil,
            let body = try? JSONDecoder().decode(ReplyValue.self, from: Data(reply.body))
        else { return }
        read(body)
    }

    private mutating func read(_ body: ReplyValue) {
        let first = { (paths: [[String]]) -> String? in
            paths.lazy.compactMap { body.value(at: $0)?.text }.first.flatMap { Self.clean($0) }
        }
        code = first([["code"], ["error", "code"]])
        let error = first([["error"]])
        let described = first([
            ["error_description"], ["error", "message"], ["message"], ["error", "error_description"], ["detail"],
        ])
        if let error, Self.isCode(error) { oauthError = OAuthErrorCode(rawValue: error) }
        // A sentence under "error" is meant for people; a code there is not, where something else is.
        text = oauthError == nil ? error ?? described : described ?? error
    }

    // RFC 6749 section 5.2 leaves more room; no server is known to use it.
    private static func isCode(_ text: String) -> Bool {
        text.utf8.count <= 64 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func clean(_ text: String) -> String? {
        let words = HTTPReply.printable(text).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? nil : words
    }
}
