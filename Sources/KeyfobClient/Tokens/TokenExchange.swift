public import FoundationEssentials

/// How a service takes a long-lived token and gives a short-lived one for it, described by facts.
public struct TokenExchange: Sendable, Hashable {
    /// The path that the long-lived token is sent to.
    public let path: String
    /// The field of the JSON body that carries it.
    public let tokenField: String
    /// Where the reply has the short-lived token; the first path that leads to text is taken.
    public let replyPaths: [[String]]
    /// Where the reply has the short-lived token's life in seconds, if it says.
    public let lifePath: [String]?
    /// The short-lived token's life in seconds where neither the reply nor the token says.
    public let assumedLife: Int
    /// The statuses that refuse the long-lived token itself.
    public let refusals: Set<Int>

    /// Describes an exchange.
    ///
    /// - Parameters:
    ///   - path: The path that the long-lived token is sent to.
    ///   - tokenField: The field that carries it; `token` by default.
    ///   - replyPaths: Where the reply has the short-lived token.
    ///   - lifePath: Where the reply has its life in seconds; nowhere by default.
    ///   - assumedLife: Its life in seconds where nobody says; an hour by default.
    ///   - refusals: The statuses that refuse the long-lived token; 401 by default.
    public init(
        path: String, tokenField: String = "token", replyPaths: [[String]], lifePath: [String]? = nil,
        assumedLife: Int = 3_600, refusals: Set<Int> = [401]
    ) {
        self.path = path
        self.tokenField = tokenField
        self.replyPaths = replyPaths
        self.lifePath = lifePath
        self.assumedLife = assumedLife
        self.refusals = refusals
    }

    /// A short-lived token; it describes itself without it.
    public struct Reply: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
        /// The token.
        public let token: String
        /// Its life from now, in seconds.
        public let life: TimeInterval
        /// All that the server said.
        public let values: ReplyValue

        /// The life alone.
        public var description: String { "a token for \(Int(life)) seconds" }
        /// The same as ``description``.
        public var debugDescription: String { description }
        /// A mirror without the token.
        public var customMirror: Mirror { Mirror(self, children: ["life": life]) }
    }

    /// Exchanges a long-lived token.
    ///
    /// The exchange throws ``ClientError/Code/unauthorized`` where the service refuses that token.
    ///
    /// - Parameters:
    ///   - token: The long-lived token, which goes into the body and nowhere else.
    ///   - base: The service's address.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    public func exchange(_ token: String, at base: WebAddress) throws(ClientError) -> Exchange<Reply> {
        let address = try base.appending(ResourcePath(verbatim: path))
        let call = HTTPCall.json(address, body: try HTTPCall.encoded([tokenField: token]))
        return Exchange(call) { [self] reply throws(ClientError) in try judge(reply) }
    }

    private func judge(_ reply: HTTPReply) throws(ClientError) -> Reply {
        guard (200..<300).contains(reply.status) else {
            let error = reply.resourceFailure(of: "token exchange")
            guard refusals.contains(reply.status) else { throw error }
            throw ClientError(
                .unauthorized, error.message, oauthError: error.oauthError, status: error.status,
                serverText: error.serverText, serverCode: error.serverCode)
        }
        try reply.requireJSON("token exchange")
        let values = try reply.decoded(ReplyValue.self, of: "token exchange")
        guard case .string(let token)? = replyPaths.lazy.compactMap({ values.value(at: $0) }).first else {
            throw ClientError(
                .unexpectedReply, "the server gave no token in exchange",
                hint: "this is a fault of the server; tell its operator", status: reply.status)
        }
        try HTTPReply.checkForm([token])
        return Reply(token: token, life: life(of: token, values), values: values)
    }

    private func life(of token: String, _ values: ReplyValue) -> TimeInterval {
        let said = lifePath.flatMap { values.value(at: $0)?.wholeNumber }.map { TimeInterval($0) }
        return said ?? TokenClaims(token)?.lifetime ?? TimeInterval(assumedLife)
    }
}
