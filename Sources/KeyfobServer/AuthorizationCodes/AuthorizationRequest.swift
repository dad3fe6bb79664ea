package import KeyfobProtocol

/// A valid request of a client that a person be sent back to it with a code
/// ([RFC 6749 section 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1)).
package struct AuthorizationRequest: Sendable {
    /// Which client asks.
    package let client: Client
    /// Where the browser goes afterwards; registered for this client.
    package let redirectURI: RedirectURI
    /// For what.
    package let scopes: Scopes
    /// The client's own value, handed back as it was.
    package let state: String?
    /// The S256 challenge.
    package let challenge: String
    /// The value for the ID token.
    package let nonce: String?
    /// What the client wants of the pages: `none`, `login`, `consent`, as it was sent.
    package let prompt: String?
    /// The oldest sign-in that the client accepts, in seconds (OpenID Connect Core section 3.1.2.1).
    package let maxAge: Int?
}

/// How the authorization endpoint answers a request that it does not show to a person.
package enum AuthorizationRefusal: Error {
    /// The redirect URI can't be trusted, so the person is told on a page (RFC 6749 section 4.1.2.1).
    case page(ServerError)
    /// The client is told by redirect.
    case redirect(String)
}

extension AuthorizationServer {
    /// Judges a request for an authorization code; nothing is stored.
    ///
    /// - Parameter fields: The query's fields.
    /// - Returns: The request, to be shown to a person.
    /// - Throws: ``AuthorizationRefusal``, or a database error.
    package func authorizationRequest(_ fields: FormFields) async throws -> AuthorizationRequest {
        let (client, redirectURI) = try await Self.onPage {
            try await trustedRedirect(fields)
        }
        do {
            return try request(fields, client, redirectURI)
        } catch {
            let state = try? fields.single("state")
            throw AuthorizationRefusal.redirect(errorRedirect(to: redirectURI, state: state, error))
        }
    }

    /// Where the browser goes to tell the client of an error.
    package func errorRedirect(to redirectURI: RedirectURI, state: String?, _ error: any Error) -> String {
        var code = OAuthErrorCode.invalidRequest
        var text = "the request repeats a parameter"
        if let error = error as? ServerError {
            text = error.description
            if case .oauth(let named) = error.code { code = named } else { code = .serverError }
        }
        return redirectURI.adding(
            FormFields([
                ("error", code.rawValue), ("error_description", text), ("state", state), ("iss", issuer),
            ])
        )
    }

    private static func onPage<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ServerError {
            throw AuthorizationRefusal.page(error)
        } catch is FormFields.ParsingError {
            throw AuthorizationRefusal.page(.oauth(.invalidRequest, "the link repeats a parameter"))
        }
    }

    private func trustedRedirect(_ fields: FormFields) async throws -> (Client, RedirectURI) {
        guard let id = try fields.single("client_id"), let client = try await client(id) else {
            throw ServerError.oauth(.invalidClient, "the program that sent you here is not known to this server")
        }
        let registered = client.settings.redirectURIs.compactMap(RedirectURI.init)
        guard let text = try fields.single("redirect_uri") else {
            throw ServerError.oauth(.invalidRequest, "the link does not say where to go afterwards (redirect_uri)")
        }
        guard let uri = RedirectURI(text), registered.contains(where: uri.matches(registered:)) else {
            throw ServerError.oauth(
                .invalidRequest, "the address to go to afterwards (redirect_uri) is not registered for \(client.name)"
            )
        }
        return (client, uri)
    }

    /// What a client passes in a way that is not read here must not be ignored (OpenID Connect Core section 3.1.2.6).
    private func refuseRequestObjects(_ fields: FormFields) throws {
        if fields[name: "request"] != nil {
            throw ServerError.oauth(.requestNotSupported, "request objects are not supported")
        }
        if fields[name: "request_uri"] != nil {
            throw ServerError.oauth(.requestURINotSupported, "request objects are not supported")
        }
        let prompts = try fields.single("prompt")?.split(separator: " ") ?? []
        guard !prompts.contains("none") || prompts.count == 1 else {
            throw ServerError.oauth(.invalidRequest, "prompt=none stands alone")
        }
    }

    private func maxAge(_ fields: FormFields) throws -> Int? {
        guard let text = try fields.single("max_age") else { return nil }
        guard let seconds = Int(text), seconds >= 0 else {
            throw ServerError.oauth(.invalidRequest, "max_age is a number of seconds")
        }
        return seconds
    }

    private func request(
        _ fields: FormFields, _ client: Client, _ redirectURI: RedirectURI
    ) throws -> AuthorizationRequest {
        try refuseRequestObjects(fields)
        guard let responseType = try fields.single("response_type") else {
            throw ServerError.oauth(.invalidRequest, "response_type is missing")
        }
        guard responseType == "code" else {
            throw ServerError.oauth(.unsupportedResponseType, "response_type must be code")
        }
        try client.require(.authorizationCode)
        if let mode = try fields.single("response_mode"), mode != "query" {
            throw ServerError.oauth(.invalidRequest, "response_mode must be query")
        }
        // PKCE is not optional here, and plain would protect nothing (RFC 9700 section 2.1.1).
        guard let challenge = try fields.single("code_challenge"), PKCE.isChallenge(challenge) else {
            throw ServerError.oauth(.invalidRequest, "code_challenge is missing or malformed")
        }
        guard try fields.single("code_challenge_method") == PKCE.method else {
            throw ServerError.oauth(.invalidRequest, "code_challenge_method must be S256")
        }
        let nonce = try fields.single("nonce")
        guard (nonce?.utf8.count ?? 0) <= 512, (try fields.single("state")?.utf8.count ?? 0) <= 2048 else {
            throw ServerError.oauth(.invalidRequest, "state or nonce is too long")
        }
        return AuthorizationRequest(
            client: client, redirectURI: redirectURI, scopes: try client.scopes(requested: fields.single("scope")),
            state: try fields.single("state"), challenge: challenge, nonce: nonce,
            prompt: try fields.single("prompt"), maxAge: try maxAge(fields)
        )
    }
}

extension RedirectURI {
    /// The URI with further query parameters.
    func adding(_ fields: FormFields) -> String {
        text + (rest.contains("?") ? "&" : "?") + fields.encoded
    }
}
