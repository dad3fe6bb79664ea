import KeyfobProtocol

// The bodies of the JSON dialect: the standard's names, `scopes` as an array, replies bare or in {"data": …}.
extension DeviceWire.Statuses {
    func startBody(_ scopes: Scopes) throws(ClientError) -> [UInt8] {
        try HTTPCall.encoded(Start(clientName: clientName, scopes: scopes.names))
    }

    func pollBody(_ deviceCode: String) throws(ClientError) -> [UInt8] {
        try HTTPCall.encoded(Poll(deviceCode: deviceCode, grantType: GrantType.deviceCode.rawValue))
    }

    func start(_ reply: HTTPReply) throws(ClientError) -> DeviceAuthorizationReply {
        guard (200..<300).contains(reply.status) else { throw reply.resourceFailure(of: "device authorization") }
        try reply.requireJSON("device authorization")
        if let wrapped = try? reply.decoded(Wrapped<DeviceAuthorizationReply>.self, of: "device authorization") {
            return wrapped.data
        }
        return try reply.decoded(DeviceAuthorizationReply.self, of: "device authorization")
    }

    func judge(_ reply: HTTPReply) throws(ClientError) -> DevicePoll {
        switch reply.status {
        case pending: return .pending
        case denied: return .denied
        case expired: return .expired
        case 200:
            try reply.requireJSON("token reply")
            let tokens = try reply.decoded(Tokens.self, of: "token reply").reply
            try HTTPReply.check(tokens)
            return .tokens(tokens)
        default:
            throw reply.failure(reading: "poll")
        }
    }
}

private struct Start: Encodable {
    let clientName: String
    let scopes: [String]

    enum CodingKeys: String, CodingKey {
        case scopes
        case clientName = "client_name"
    }
}

private struct Poll: Encodable {
    let deviceCode: String
    let grantType: String

    enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
        case grantType = "grant_type"
    }
}

private struct Wrapped<Value: Decodable>: Decodable {
    let data: Value
}

private struct Tokens: Decodable {
    let accessToken: String
    let tokenType: String?
    let scopes: [String]?
    let expiresIn: Int?
    let refreshToken: String?

    enum CodingKeys: String, CodingKey {
        case scopes
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
    }

    var reply: TokenReply {
        TokenReply(
            accessToken: accessToken, tokenType: tokenType ?? "Bearer", expiresIn: expiresIn,
            refreshToken: refreshToken, scope: scopes.flatMap { try? Scopes(validating: $0) })
    }
}
