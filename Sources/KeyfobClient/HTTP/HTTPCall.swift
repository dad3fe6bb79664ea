public import HTTPTypes
public import KeyfobProtocol

/// One HTTP request with its whole body.
///
/// It describes itself by method and address only, since its fields and body carry secrets.
public struct HTTPCall: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Method, address and fields.
    public var request: HTTPRequest
    /// The body; empty for a request without one.
    public var body: [UInt8]

    /// Makes a call.
    public init(request: HTTPRequest, body: [UInt8] = []) {
        self.request = request
        self.body = body
    }

    /// A call without a body that wants JSON.
    init(_ method: HTTPRequest.Method, _ address: WebAddress) {
        self.init(request: HTTPRequest(method, address))
    }

    /// A `GET` that wants JSON.
    ///
    /// - Parameters:
    ///   - address: Where it goes.
    ///   - bearer: An access token for the `Authorization` field
    ///     ([RFC 6750 section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)); none by default.
    /// - Returns: The call.
    public static func get(_ address: WebAddress, bearer: String? = nil) -> HTTPCall {
        var call = HTTPCall(request: HTTPRequest(.get, address))
        if let bearer { call.request.headerFields[.authorization] = "Bearer \(bearer)" }
        return call
    }

    /// A `POST` of form fields, authenticated as a client
    /// ([RFC 6749 section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    ///
    /// - Parameters:
    ///   - address: Where it goes.
    ///   - fields: The form; the client's identity is added to it.
    ///   - client: Who asks.
    /// - Returns: The call.
    public static func form(_ address: WebAddress, _ fields: FormFields, as client: ClientIdentity) -> HTTPCall {
        var fields = fields
        var call = HTTPCall(request: HTTPRequest(.post, address))
        switch client.authentication {
        case .none:
            fields.append("client_id", client.id)
        case .post(let secret):
            fields.append("client_id", client.id)
            fields.append("client_secret", secret)
        case .basic(let secret):
            call.request.headerFields[.authorization] = client.basicAuthorization(secret)
        }
        call.request.headerFields[.contentType] = "application/x-www-form-urlencoded"
        call.body = Array(fields.encoded.utf8)
        return call
    }

    /// A `POST` of a JSON body.
    public static func json(_ address: WebAddress, body: [UInt8]) -> HTTPCall {
        var call = HTTPCall(.post, address)
        call.setJSON(body)
        return call
    }

    /// Gives the call a body of JSON.
    mutating func setJSON(_ body: [UInt8]) {
        self.body = body
        request.headerFields[.contentType] = "application/json"
    }

    /// Presents a token.
    mutating func setToken(_ token: String?, _ scheme: TokenScheme) {
        guard let token else { return }
        request.headerFields[.authorization] = scheme.field(token)
    }

    /// Marks every repeat of a request as the same one, for a server that then repeats its reply.
    mutating func setIdempotencyKey(_ key: String?) {
        guard let key, let name = HTTPField.Name("Idempotency-Key") else { return }
        request.headerFields[name] = key
    }

    /// The address that the call goes to.
    public var address: String {
        "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
    }

    /// Method and address without the query, which can carry a code.
    public var description: String {
        let target = address.prefix { $0 != "?" }
        return "\(request.method.rawValue) \(target)"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}

extension HTTPRequest {
    fileprivate init(_ method: Method, _ address: WebAddress) {
        self.init(
            method: method, scheme: address.scheme, authority: address.authority, path: address.requestTarget,
            headerFields: [.accept: "application/json"])
    }
}
