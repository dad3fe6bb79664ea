import KeyfobProtocol

extension RequestGrant {
    func started(_ reply: HTTPReply) throws(ClientError) -> StartedRequest {
        if reply.status == 404 || reply.status == 405 {
            throw ClientError(.unsupported, "the server has no sign-in of this kind", status: reply.status)
        }
        guard (200..<300).contains(reply.status) else { throw reply.resourceFailure(of: "start of the sign-in") }
        try reply.requireJSON("start of the sign-in")
        let values = try reply.decoded(ReplyValue.self, of: "start of the sign-in")
        func text(_ field: String) -> String? { values.value(at: [field])?.text }
        let life = wire.start.lifeField.flatMap { values.value(at: [$0])?.wholeNumber } ?? wire.life
        let secret = wire.start.secretField.flatMap(text)
        let code = wire.start.codeField.flatMap(text)
        guard let id = text(wire.start.idField), Self.isVisible(id, upTo: 512), life > 0,
            secret.map({ Self.isVisible($0, upTo: 512) }) ?? (wire.start.secretField == nil),
            code.map({ Self.isVisible($0, upTo: 64) }) ?? true
        else {
            throw ClientError(
                .unexpectedReply, "the server's answer to the start of the sign-in is not what it should be",
                hint: "this is a fault of the server; tell its operator", status: reply.status)
        }
        return StartedRequest(id: id, secret: secret, page: try page(id, text), code: code, life: life)
    }

    func judge(_ reply: HTTPReply) throws(ClientError) -> DevicePoll {
        // The server has forgotten the request: its life is over.
        if reply.status == 404 || reply.status == 410 { return .expired }
        guard (200..<300).contains(reply.status) else { throw reply.resourceFailure(of: "poll") }
        try reply.requireJSON("poll")
        let values = try reply.decoded(ReplyValue.self, of: "poll")
        let words = wire.poll.words
        guard var word = values.value(at: [wire.poll.statusField])?.text else { return .pending }
        // Only a failure has a reason: it never makes anything else of another word.
        if words.failed.contains(word), let field = wire.poll.reasonField,
            let reason = values.value(at: [field])?.text, words.denied.union(words.expired).contains(reason)
        {
            word = reason
        }
        if words.denied.contains(word) { return .denied }
        if words.expired.contains(word) { return .expired }
        if words.failed.contains(word) {
            throw ClientError(.refused, "the sign-in failed on the server", hint: "start again", status: reply.status)
        }
        guard word == words.approved else { return .pending }
        // Only a string is a token: what another type says is not one.
        guard case .string(let token)? = values.value(at: [wire.poll.tokenField]) else {
            throw ClientError(
                .unexpectedReply, "the server approved the sign-in and gave no token",
                hint: "this is a fault of the server; tell its operator", status: reply.status)
        }
        try HTTPReply.checkForm([token])
        return .tokens(TokenReply(accessToken: token))
    }

    // A page on a stranger's host is how such a flow is turned into phishing.
    private func page(_ id: String, _ field: (String) -> String?) throws(ClientError) -> WebAddress {
        switch wire.page {
        case .built(let path):
            let encoded = path.split(separator: "{id}", omittingEmptySubsequences: false)
                .joined(separator: PercentEncoding.encode(id))
            return try pages.appending(ResourcePath(verbatim: encoded))
        case .given(let name):
            let text = field(name) ?? ""
            guard let address = WebAddress(text), address.isConfidential else {
                throw ClientError(
                    .unexpectedReply,
                    "the server named a page that can't be opened safely: \(HTTPReply.printable(text))",
                    hint: "this is a fault of the server; tell its operator")
            }
            guard verificationHosts.union([base.host, pages.host]).contains(address.host) else {
                throw ClientError(
                    .foreignVerificationAddress, "the server sends you to another host: \(address.host)",
                    hint: "do not open it unless the server's operator confirms that it is theirs")
            }
            return address
        }
    }

    private static func isVisible(_ text: String, upTo limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
