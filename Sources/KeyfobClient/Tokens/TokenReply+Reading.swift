import KeyfobProtocol

extension HTTPReply {
    /// Reads a reply of a token endpoint ([RFC 6749 section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)).
    func tokens() throws(ClientError) -> TokenReply {
        let reply = try json(TokenReply.self, of: "token reply")
        try Self.check(reply)
        return reply
    }

    // "The client MUST NOT use an access token if it does not understand the token type" (RFC 6749 section 7.1).
    static func check(_ reply: TokenReply) throws(ClientError) {
        guard reply.tokenType.lowercased() == "bearer" else {
            throw ClientError(
                .unexpectedReply, "the server issued a token of the type \(printable(reply.tokenType))",
                hint: "only bearer tokens can be used")
        }
        try checkForm([reply.accessToken] + [reply.refreshToken, reply.idToken].compactMap { $0 })
    }

    // Tokens go into header fields and onto terminals: %x20-7E only (RFC 6749 appendix A.12 and A.17).
    static func checkForm(_ tokens: [String]) throws(ClientError) {
        guard tokens.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) else {
            throw ClientError(
                .unexpectedReply, "the server issued a token with characters that no token may have",
                hint: "this is a fault of the server; tell its operator")
        }
    }
}
