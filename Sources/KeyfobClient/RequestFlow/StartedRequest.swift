/// A sign-in request that a person can now approve.
///
/// It describes itself without its secrets; where nothing else is demanded at the poll, the id is one too.
public struct StartedRequest: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The id.
    public let id: String
    /// The secret to poll with, where the service gives one.
    public let secret: String?
    /// The page on which the person approves.
    public let page: WebAddress
    /// A code that terminal and page both show, where the service has one.
    public let code: String?
    /// The request's life, in seconds.
    public let life: Int

    /// The page's host and the life.
    public var description: String { "request on \(page.host) for \(life) seconds" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without secrets.
    public var customMirror: Mirror { Mirror(self, children: ["host": page.host, "life": life]) }
}
