/// How a server speaks the device flow: as the standard says, or in a dialect that is described by facts.
public enum DeviceWire: Sendable, Hashable {
    /// Forms and error codes as in [RFC 8628](https://www.rfc-editor.org/rfc/rfc8628).
    case standard
    /// JSON bodies and status codes.
    case json(Statuses)

    /// The status codes with which a JSON dialect answers a poll; 200 carries the tokens.
    public struct Statuses: Sendable, Hashable {
        /// What the client calls itself in the request that starts the flow (`client_name`).
        public let clientName: String
        /// The person has not decided yet.
        public let pending: Int
        /// The person said no.
        public let denied: Int
        /// The code's life is over.
        public let expired: Int

        /// Describes a dialect.
        public init(clientName: String, pending: Int, denied: Int, expired: Int) {
            self.clientName = clientName
            self.pending = pending
            self.denied = denied
            self.expired = expired
        }
    }
}
