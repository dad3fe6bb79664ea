/// How a service speaks a sign-in by request id, described by facts: a program starts a request, a person approves it
/// on a page that the request's id names, and the program polls.
public struct RequestWire: Sendable, Hashable {
    /// The request that starts a sign-in, and the fields of its reply.
    public struct Start: Sendable, Hashable {
        /// The path, with a query if the service wants one.
        public let path: String
        /// The field of a JSON body that carries a challenge made as in
        /// [RFC 7636 section 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2), with its method in the field
        /// of that name and `_method`; `nil` sends an empty body and no challenge.
        public let challengeField: String?
        /// The reply's field with the id.
        public let idField: String
        /// The reply's field with the request's life in seconds, if it says.
        public let lifeField: String?
        /// The reply's field with the secret to poll with; `nil` where the id is enough.
        public let secretField: String?
        /// The reply's field with a code for the person, if there may be one.
        public let codeField: String?

        /// Describes the start.
        public init(
            path: String, challengeField: String? = nil, idField: String, lifeField: String? = nil,
            secretField: String? = nil, codeField: String? = nil
        ) {
            self.path = path
            self.challengeField = challengeField
            self.idField = idField
            self.lifeField = lifeField
            self.secretField = secretField
            self.codeField = codeField
        }
    }

    /// Where the person approves.
    public enum Page: Sendable, Hashable {
        /// A path on the service's pages, in which `{id}` stands for the id.
        case built(path: String)
        /// An address in a field of the reply, which must be on a known host.
        case given(field: String)
    }

    /// The words with which a poll says how things stand; every other word means that nobody has decided.
    public struct Words: Sendable, Hashable {
        /// The person approved.
        public let approved: String
        /// The person said no.
        public let denied: Set<String>
        /// The request's life is over.
        public let expired: Set<String>
        /// The sign-in failed on the server.
        public let failed: Set<String>

        /// Names the words.
        public init(
            approved: String, denied: Set<String> = ["denied"], expired: Set<String> = ["expired"],
            failed: Set<String> = []
        ) {
            self.approved = approved
            self.denied = denied
            self.expired = expired
            self.failed = failed
        }
    }

    /// A poll, and the fields of its reply.
    public struct Poll: Sendable, Hashable {
        /// The path.
        public let path: String
        /// The name of the query's parameter with the id.
        public let idName: String
        /// The name of the query's parameter with the secret, where there is one.
        public let secretName: String?
        /// The header field that carries the challenge's verifier; never the query, which is logged.
        public let verifierHeader: String
        /// The reply's field with the word.
        public let statusField: String
        /// The reply's field with the token.
        public let tokenField: String
        /// The reply's field that says which failure it is, for a wire with one word for them all; `nil` where there is
        /// none.
        public let reasonField: String?
        /// The words.
        public let words: Words

        /// Describes a poll.
        public init(
            path: String, idName: String, secretName: String? = nil, verifierHeader: String = "Code-Verifier",
            statusField: String = "status", tokenField: String = "token",
            reasonField: String? = nil, words: Words
        ) {
            self.path = path
            self.idName = idName
            self.secretName = secretName
            self.verifierHeader = verifierHeader
            self.statusField = statusField
            self.tokenField = tokenField
            self.reasonField = reasonField
            self.words = words
        }
    }

    /// How it starts.
    public let start: Start
    /// Where the person approves.
    public let page: Page
    /// How it is polled.
    public let poll: Poll
    /// The time between two polls.
    public let interval: Duration
    /// The time before the first poll; the interval where it is `nil`.
    public let firstWait: Duration?
    /// The request's life in seconds, where the reply does not say.
    public let life: Int

    /// Describes a service.
    ///
    /// - Parameters:
    ///   - start: How it starts.
    ///   - page: Where the person approves.
    ///   - poll: How it is polled.
    ///   - interval: The time between two polls; three seconds by default.
    ///   - firstWait: The time before the first poll; the interval by default.
    ///   - life: The request's life in seconds, where the reply does not say; 600 by default.
    public init(
        start: Start, page: Page, poll: Poll, interval: Duration = .seconds(3), firstWait: Duration? = nil,
        life: Int = 600
    ) {
        self.start = start
        self.page = page
        self.poll = poll
        self.interval = interval
        self.firstWait = firstWait
        self.life = life
    }
}
