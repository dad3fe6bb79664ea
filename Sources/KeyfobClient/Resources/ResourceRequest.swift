import FoundationEssentials
import HTTPTypes

/// A request to a service's own API, made with a token, and the judgement of its reply.
public struct ResourceRequest: Sendable {
    /// What is done to the resource.
    public enum Method: String, Sendable, Hashable {
        /// Reads it.
        case get = "GET"
        /// Adds to it.
        case post = "POST"
        /// Replaces it.
        case put = "PUT"
        /// Changes a part of it.
        case patch = "PATCH"
        /// Removes it.
        case delete = "DELETE"
    }

    /// The method.
    public let method: Method
    /// The path below the service's address.
    public let path: ResourcePath
    /// The body of JSON; `nil` for a request without one.
    public let body: [UInt8]?

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - method: The method; `GET` by default.
    ///   - path: The path below the service's address.
    ///   - body: The body of JSON; none by default.
    public init(_ method: Method = .get, _ path: ResourcePath, body: [UInt8]? = nil) {
        self.method = method
        self.path = path
        self.body = body
    }

    /// Makes a request with a body of JSON.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - path: The path below the service's address.
    ///   - value: What is sent.
    /// - Throws: ``ClientError`` for a value that JSON has no form for.
    public init(
        _ method: Method, _ path: ResourcePath, json value: some Encodable
    ) throws(ClientError) {
        self.init(method, path, body: try HTTPCall.encoded(value))
    }

    /// How a service is spoken to.
    public struct Target: Sendable {
        /// The service's address.
        public let base: WebAddress
        /// The token; `nil` asks without one.
        public let token: String?
        /// How the token is presented.
        public let scheme: TokenScheme
        /// Whether replies may come in `{"data": …}`.
        public let unwrapsData: Bool

        /// Describes a target; a bearer token and bare replies by default.
        public init(base: WebAddress, token: String?, scheme: TokenScheme = .bearer, unwrapsData: Bool = false) {
            self.base = base
            self.token = token
            self.scheme = scheme
            self.unwrapsData = unwrapsData
        }
    }

    /// The exchange that reads a reply of JSON.
    ///
    /// It throws ``ClientError/Code/unauthorized`` for a token that is not accepted, ``ClientError/Code/forbidden`` for
    /// one that does not allow this, ``ClientError/Code/notFound``, ``ClientError/Code/refused`` for other refusals
    /// (each with the server's text), ``ClientError/Code/serverFailure``, and ``ClientError/Code/unexpectedReply`` for
    /// what is not JSON, a web page with status 200 included.
    ///
    /// - Parameters:
    ///   - type: What the reply is read as.
    ///   - target: The service.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    public func reading<Value: Decodable & Sendable>(
        _ type: Value.Type, at target: Target
    ) throws(ClientError) -> Exchange<Value> {
        let what = "reply of \(path.name)"
        return Exchange(try call(target)) { reply throws(ClientError) in
            guard (200..<300).contains(reply.status) else { throw reply.resourceFailure(of: what) }
            try reply.requireJSON(what)
            if target.unwrapsData { return try reply.decoded(InData<Value>.self, of: what).value }
            return try reply.decoded(type, of: what)
        }
    }

    /// The exchange that wants nothing but success; it throws as ``reading(_:at:)`` does.
    ///
    /// - Parameter target: The service.
    /// - Returns: The exchange.
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    public func accepted(at target: Target) throws(ClientError) -> Exchange<Void> {
        let what = "reply of \(path.name)"
        return Exchange(try call(target)) { reply throws(ClientError) in
            guard (200..<300).contains(reply.status) else { throw reply.resourceFailure(of: what) }
            // A page with status 200 is a proxy's answer, not the service's.
            guard reply.mediaType != "text/html" else { throw reply.pageInstead(of: what) }
        }
    }

    private func call(_ target: Target) throws(ClientError) -> HTTPCall {
        var call = HTTPCall(HTTPRequest.Method(rawValue: method.rawValue) ?? .get, try target.base.appending(path))
        call.setToken(target.token, target.scheme)
        if let body { call.setJSON(body) }
        return call
    }
}

extension WebAddress {
    /// The address of a path below this one.
    ///
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidAddress``.
    func appending(_ path: ResourcePath) throws(ClientError) -> WebAddress {
        let root = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard path.text.hasPrefix("/"), let address = WebAddress(root + path.text), address.host == host else {
            throw ClientError(.invalidAddress, "there is no such address: \(HTTPReply.printable(root + path.text))")
        }
        return address
    }
}

extension HTTPCall {
    /// A value as JSON.
    static func encoded(_ value: some Encodable) throws(ClientError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value))
        } catch {
            throw ClientError(.invalidAddress, "the request can't be written as JSON", underlying: error)
        }
    }
}

extension ResourcePath {
    /// The path without its query, which may name a secret.
    var name: String { HTTPReply.printable(String(text.prefix { $0 != "?" })) }
}

// A reply that is bare or in {"data": …}; beside "total" or "meta", "data" is a field of the reply itself.
private struct InData<Value: Decodable>: Decodable {
    let value: Value

    private enum Key: String, CodingKey {
        case data, total, meta
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: Key.self), container.contains(.data),
            !container.contains(.total), !container.contains(.meta)
        {
            value = try container.decode(Value.self, forKey: .data)
        } else {
            value = try Value(from: decoder)
        }
    }
}
