public import KeyfobProtocol

/// One authorization request with PKCE, and the judgement of its callback
/// ([RFC 6749 section 4.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1),
/// [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636), [RFC 8252](https://www.rfc-editor.org/rfc/rfc8252)).
///
/// It describes itself without its secrets.
public struct AuthorizationRequest: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What a server must be known by to start.
    public struct Target: Sendable {
        /// The issuer, which a callback with `iss` must name (RFC 9207).
        public let issuer: String
        /// The authorization endpoint.
        public let endpoint: WebAddress
        /// Whether every callback of this server carries `iss`.
        public let sendsIssuer: Bool

        /// Reads the facts from metadata.
        ///
        /// - Throws: The errors of ``Endpoint/address(_:for:)``.
        public init(_ metadata: ServerMetadata) throws(ClientError) {
            issuer = metadata.issuer
            endpoint = try Endpoint.address(metadata.authorizationEndpoint, for: "sign-in in a browser")
            sendsIssuer = metadata.authorizationResponseIssParameterSupported ?? false
        }
    }

    /// The server.
    public let target: Target
    /// Where the browser comes back to.
    public let redirectURI: String
    /// Ties the callback to this request (RFC 6749 section 10.12).
    public let state: String
    /// Ties the ID token to this request; `nil` without the scope `openid`.
    public let nonce: String?
    /// The PKCE verifier, which never leaves this program before the code is redeemed.
    public let verifier: String
    /// Where to send the browser.
    public let url: String

    /// Makes a request with fresh randomness.
    ///
    /// - Parameters:
    ///   - target: The server.
    ///   - clientID: Who asks.
    ///   - redirectURI: Where the browser comes back to.
    ///   - scopes: What is asked for.
    ///   - random: The source of state, nonce and verifier, 256 bits each.
    public init(
        target: Target, clientID: String, redirectURI: String, scopes: Scopes, random: RandomBytes
    ) {
        self.target = target
        self.redirectURI = redirectURI
        state = Base64URL.encode(random.bytes(32))
        nonce = scopes.contains("openid") ? Base64URL.encode(random.bytes(32)) : nil
        verifier = PKCE.verifier(random)
        let query = FormFields([
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirectURI),
            ("scope", scopes.isEmpty ? nil : scopes.description), ("state", state), ("nonce", nonce),
            ("code_challenge", PKCE.challenge(for: verifier)), ("code_challenge_method", PKCE.method),
        ])
        // The endpoint's own query stays (RFC 6749 section 3.1).
        let separator = target.endpoint.query == nil ? "?" : "&"
        url = target.endpoint.text + separator + query.encoded
    }

    /// Reads the code from a callback's query.
    ///
    /// - Parameter query: The query without its question mark.
    /// - Returns: The authorization code.
    /// - Throws: ``ClientError`` with ``ClientError/Code/stateMismatch`` or ``ClientError/Code/callbackIssuerMismatch``
    ///   for a callback that is not this request's (go on waiting then), ``ClientError/Code/denied``, or
    ///   ``ClientError/Code/refused`` for another error of the server.
    public func code(fromCallback query: String) throws(ClientError) -> String {
        let fields: FormFields
        let code: String?
        do throws(FormFields.ParsingError) {
            fields = try FormFields(parsing: query)
            // A parameter must not appear twice (RFC 6749 section 3.1), or two readers could see two values.
            for name in ["state", "iss", "error"] { _ = try fields.single(name) }
            code = try fields.single("code")
        } catch {
            throw ClientError(.stateMismatch, "the callback is malformed", underlying: error)
        }
        guard let found = fields[name: "state"], found.utf8.elementsEqual(state.utf8) else {
            throw ClientError(.stateMismatch, "the callback belongs to another sign-in")
        }
        try checkIssuer(fields[name: "iss"])
        if let error = fields[name: "error"] { throw Self.refusal(error, fields[name: "error_description"]) }
        guard let code else {
            throw ClientError(.unexpectedReply, "the callback has neither a code nor an error")
        }
        return code
    }

    private static let startAgain = "close that page and start the sign-in again"

    // "Clients MUST then compare the result to the issuer identifier of the authorization server where the
    // authorization request was sent to" (RFC 9207 section 2.4).
    private func checkIssuer(_ found: String?) throws(ClientError) {
        guard let found else {
            guard !target.sendsIssuer else {
                throw ClientError(
                    .callbackIssuerMismatch, "the callback does not say which server it comes from",
                    hint: Self.startAgain)
            }
            return
        }
        guard found.utf8.elementsEqual(target.issuer.utf8) else {
            throw ClientError(
                .callbackIssuerMismatch, "the callback comes from another server", hint: Self.startAgain)
        }
    }

    private static func refusal(_ error: String, _ description: String?) -> ClientError {
        let code = OAuthErrorCode(rawValue: error)
        let detail = description.map { ": \(HTTPReply.printable($0))" } ?? ""
        if code == .accessDenied {
            return ClientError(.denied, "the request was denied in the browser", oauthError: code)
        }
        let isTransient = code == .serverError || code == .temporarilyUnavailable
        return ClientError(
            isTransient ? .serverFailure : .refused, "the server refused: \(HTTPReply.printable(error))\(detail)",
            oauthError: code)
    }

    /// The server's issuer.
    public var description: String { "authorization request to \(target.issuer)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without the secrets.
    public var customMirror: Mirror { Mirror(self, children: ["issuer": target.issuer]) }
}
