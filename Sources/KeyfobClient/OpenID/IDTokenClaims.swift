public import FoundationEssentials
import KeyfobProtocol

/// The claims of an ID token that came straight from the token endpoint.
///
/// Its signature is not verified: "If the ID Token is received via direct communication between the Client and the
/// Token Endpoint, the TLS server validation MAY be used to validate the issuer in place of checking the token
/// signature" ([OpenID Connect Core section 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html)). Never
/// read claims in this way from a token that came by any other road, nor take a decision about access from them.
public struct IDTokenClaims: Sendable, Equatable {
    /// What the claims must agree with.
    public struct Expectation: Sendable {
        /// The issuer that was asked.
        public let issuer: String
        /// The client that asked.
        public let clientID: String
        /// The nonce of the authorization request; `nil` where none was sent.
        public let nonce: String?
        /// The time now.
        public let now: Date
        /// How far the two clocks may be apart, in seconds; 300 by default.
        public let clockSkew: TimeInterval

        /// Makes an expectation.
        public init(issuer: String, clientID: String, nonce: String?, now: Date, clockSkew: TimeInterval = 300) {
            self.issuer = issuer
            self.clientID = clientID
            self.nonce = nonce
            self.now = now
            self.clockSkew = clockSkew
        }
    }

    /// The account's identifier at this issuer.
    public let subject: String
    /// The name that the person signs in with.
    public let preferredUsername: String?
    /// The address.
    public let email: String?
    /// The full name.
    public let name: String?

    /// Reads and checks an ID token.
    ///
    /// - Throws: ``ClientError`` with ``ClientError/Code/invalidIDToken``.
    public init(_ token: String, expecting expectation: Expectation) throws(ClientError) {
        let payload = try Payload(token)
        try payload.check(expectation)
        subject = payload.sub
        preferredUsername = payload.preferredUsername
        email = payload.email
        name = payload.name
    }

    /// What to call the account: the address, the sign-in name, the full name or the identifier, whichever is there.
    public var account: String { email ?? preferredUsername ?? name ?? subject }
}

private struct Payload: Decodable {
    let iss: String
    let sub: String
    let aud: Audience
    let exp: Double
    let azp: String?
    let nonce: String?
    let email: String?
    let name: String?
    let preferredUsername: String?

    enum CodingKeys: String, CodingKey {
        case iss, sub, aud, exp, azp, nonce, email, name
        case preferredUsername = "preferred_username"
    }

    init(_ token: String) throws(ClientError) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.decode(parts[1]),
            let payload = try? JSONDecoder().decode(Payload.self, from: Data(bytes))
        else { throw Self.invalid("it is malformed") }
        self = payload
    }

    // OpenID Connect Core section 3.1.3.7, steps 2 to 5, 9 and 11.
    func check(_ expectation: IDTokenClaims.Expectation) throws(ClientError) {
        guard iss == expectation.issuer else { throw Self.invalid("it names another issuer") }
        guard aud.names.contains(expectation.clientID) else { throw Self.invalid("it is for another client") }
        guard aud.names.count == 1 || azp == expectation.clientID, azp == nil || azp == expectation.clientID
        else { throw Self.invalid("it was issued to another client") }
        let end = Date(timeIntervalSince1970: exp)
        guard end.addingTimeInterval(expectation.clockSkew) > expectation.now else {
            let age = Int(expectation.now.timeIntervalSince(end))
            throw ClientError(
                .invalidIDToken, "the ID token expired \(age) seconds ago by this machine's clock",
                hint: "check the date and time of this machine")
        }
        if let wanted = expectation.nonce {
            guard nonce == wanted else { throw Self.invalid("it belongs to another sign-in") }
        }
    }

    private static func invalid(_ reason: String) -> ClientError {
        ClientError(
            .invalidIDToken, "the ID token is not good: \(reason)",
            hint: "nothing was stored; if it happens again, tell the server's operator")
    }
}

// "In the general case, the aud value is an array of case-sensitive strings. In the common special case when there is
// one audience, the aud value MAY be a single case-sensitive string" (OpenID Connect Core section 2).
private struct Audience: Decodable {
    let names: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(String.self) {
            names = [one]
        } else {
            names = try container.decode([String].self)
        }
    }
}
