import KeyfobCommands

/// A way to the network that says what goes over it: method, address without query, and status; never a field or body.
struct RequestLog: HTTPTransport {
    private let transport: any HTTPTransport
    private let write: @Sendable (String) -> Void

    /// Writes down what goes over a transport.
    init(_ transport: any HTTPTransport, _ write: @escaping @Sendable (String) -> Void) {
        self.transport = transport
        self.write = write
    }

    func send(_ call: HTTPCall, limits: HTTPLimits) async throws(TransportError) -> HTTPReply {
        do throws(TransportError) {
            let reply = try await transport.send(call, limits: limits)
            write("\(call): \(reply.status)")
            return reply
        } catch {
            write("\(call): \(error.message)")
            throw error
        }
    }
}
