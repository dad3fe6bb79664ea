import HTTPTypes
import Hummingbird
import KeyfobWeb

/// Takes the host of a request from its target, since the router's test client has no other way to name one.
struct NamedHost: HTTPResponder {
    let responder: FrontResponder

    func respond(to request: Request, context: WebContext) async throws -> Response {
        guard let scheme = request.uri.scheme, let host = request.uri.host else {
            return try await responder.respond(to: request, context: context)
        }
        var head = request.head
        head.authority = request.uri.port.map { "\(host):\($0)" } ?? host
        head.path = head.path.map { String($0.dropFirst("\(scheme.rawValue)://".count + (head.authority?.count ?? 0))) }
        return try await responder.respond(to: Request(head: head, body: request.body), context: context)
    }
}
