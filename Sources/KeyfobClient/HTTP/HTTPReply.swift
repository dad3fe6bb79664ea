public import HTTPTypes

/// One HTTP response with its whole body.
///
/// It describes itself by status only, since its body can carry tokens.
public struct HTTPReply: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Status and fields.
    public var response: HTTPResponse
    /// The body.
    public var body: [UInt8]

    /// Makes a reply.
    public init(response: HTTPResponse, body: [UInt8] = []) {
        self.response = response
        self.body = body
    }

    /// The status code.
    public var status: Int { response.status.code }

    /// The media type in lower case without parameters, if the reply names one.
    public var mediaType: String? {
        response.headerFields[.contentType]?
            .split(separator: ";").first
            .map { $0.filter { $0 != " " }.lowercased() }
    }

    /// The status and the size of the body.
    public var description: String { "\(status), \(body.count) bytes" }

    /// The same as ``description``.
    public var debugDescription: String { description }
}
