import HTTPTypes

extension HTTPCall {
    /// The words of the call that may be secret: the token that it presents, and all of its query and body that could be
    /// a token, a code or a verifier.
    var secrets: Set<String> {
        var words = Set(request.headerFields[.authorization]?.split(separator: " ").last.map { [String($0)] } ?? [])
        let query = request.path?.split(separator: "?", maxSplits: 1).dropFirst().joined() ?? ""
        for field in query.split(separator: "&") + String(decoding: body, as: UTF8.self).split(separator: "&")
        // Who is told that a client is unknown wants to know which.
        where !field.hasPrefix("client_id=") {
            let found = field.utf8.split { !Self.isOfTokens($0) }.filter(Self.mayBeSecret)
            words.formUnion(found.map { String(Substring($0)) })
        }
        return words
    }

    private static func isOfTokens(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~".utf8.contains(byte)
        }
    }

    // Random text of this length has digits; the standards' own words (`authorization_code`) have none.
    private static func mayBeSecret(_ word: Substring.UTF8View) -> Bool {
        word.count >= 16 && word.contains { (0x30...0x39).contains($0) }
    }
}

extension ClientError {
    /// The same error without words that a server repeated in its own: its texts end up on terminals and in logs.
    func hiding(_ secrets: Set<String>) -> ClientError {
        func clean(_ text: String) -> String {
            // The longest first, since one may be a part of another.
            secrets.sorted { $0.utf8.count > $1.utf8.count }.reduce(text) { text, secret in
                text.replacing(secret, with: "<redacted>")
            }
        }
        return ClientError(
            code, clean(message), hint: hint, oauthError: oauthError, status: status,
            serverText: serverText.map(clean), serverCode: serverCode.map(clean), underlying: underlying)
    }
}
