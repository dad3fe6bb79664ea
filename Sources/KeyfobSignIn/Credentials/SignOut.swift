public import KeyfobClient
public import KeyfobCredentials
import KeyfobProtocol

/// Ending tokens on the server: by the service's own end of a session, or by revocation
/// ([RFC 7009](https://www.rfc-editor.org/rfc/rfc7009)).
public struct SignOut: Sendable {
    /// What became of the credential on the server.
    public enum Outcome: Sendable {
        /// Ended, and the server was seen to refuse the token.
        case ended
        /// The server accepted the revocation; there is no way of asking it afterwards.
        case revoked
        /// Nothing was asked of the server: the token was pasted, and other jobs may use it.
        case notOurs
        /// The server has no way to revoke; the tokens end by themselves.
        case noRevocation
        /// It may well be alive.
        case remains(ClientError)
    }

    private let service: ResolvedService
    private let client: ClientIdentity
    private let transport: any HTTPTransport

    // Nobody waits a minute to be logged out.
    private static let limits = HTTPLimits(time: .seconds(10))

    /// Prepares the end of a login at a service.
    public init(service: ResolvedService, client: ClientIdentity, transport: any HTTPTransport) {
        self.service = service
        self.client = client
        self.transport = transport
    }

    /// Revokes the credential's tokens, the refresh token first, and asks the server whether they are dead.
    ///
    /// Nothing is removed here.
    ///
    /// - Parameter credential: The credential.
    /// - Returns: What became of it.
    public func end(_ credential: Credential) async -> Outcome {
        guard credential.origin == .login else { return .notOurs }
        return await revoke(credential)
    }

    /// Revokes the credential's tokens whatever their origin, since the person wants just that.
    ///
    /// Nothing is removed here.
    ///
    /// - Parameter credential: The credential.
    /// - Returns: What became of it; never ``Outcome/notOurs``.
    public func revoke(_ credential: Credential) async -> Outcome {
        do throws(ClientError) {
            if try await endSession(of: credential) { return try await proof(credential) }
            guard let text = service.metadata.revocationEndpoint else { return .noRevocation }
            let endpoint = try Endpoint.address(text, for: "revocation")
            if let token = credential.refreshToken {
                try await revoke(token, .refreshToken, at: endpoint)
            }
            try await revokeAccessToken(credential, at: endpoint)
            return try await proof(credential)
        } catch {
            // A vendor's server without the endpoint answers like any other unknown path.
            return error.status == 404 || error.status == 405 ? .noRevocation : .remains(error)
        }
    }

    // The product's own end of a session, where it has one; false where there is none or nothing to end with it.
    private func endSession(of credential: Credential) async throws(ClientError) -> Bool {
        guard let facts = service.facts, let path = facts.endSessionPath,
            credential.refreshToken != nil || facts.endsSessionByAccessToken
        else { return false }
        let body = credential.refreshToken.map { ["refresh_token": $0.reveal()] } ?? [:]
        let request = try ResourceRequest(.post, ResourcePath(verbatim: path), json: body)
        do {
            try await transport.perform(
                service.accepting(request, token: credential.accessToken), limits: Self.limits)
            return true
        } catch {
            if error.code == .unauthorized {
                // The only token there is was refused: it is dead already.
                if credential.refreshToken == nil { return true }
                // The access token's life is over, and the refresh token's is not.
                if service.metadata.revocationEndpoint != nil { return false }
            }
            guard error.status == 404 || error.status == 405 else { throw error }
            return false
        }
    }

    private func revoke(_ token: Secret, _ hint: Revocation.Hint, at endpoint: WebAddress) async throws(ClientError) {
        try await transport.perform(
            Revocation.revoke(token.reveal(), hint, at: endpoint, as: client), limits: Self.limits)
    }

    // "If the server is unable to … revoke … access tokens": it says unsupported_token_type (RFC 7009 section 2.2.1),
    // and they end with the refresh token or by themselves.
    private func revokeAccessToken(_ credential: Credential, at endpoint: WebAddress) async throws(ClientError) {
        do {
            try await revoke(credential.accessToken, .accessToken, at: endpoint)
        } catch {
            guard error.oauthError == .unsupportedTokenType, credential.refreshToken != nil else { throw error }
        }
    }

    private func proof(_ credential: Credential) async throws(ClientError) -> Outcome {
        // Requests carry another token, whose end says nothing about this one.
        guard service.facts?.exchange == nil else { return try await proofByExchange(credential) }
        let standing: TokenStanding
        do {
            standing = try await service.standing(
                of: credential.accessToken, as: client, over: transport, limits: Self.limits)
        } catch {
            return .revoked
        }
        switch standing {
        case .refused: return .ended
        case .unknown: return .revoked
        case .accepted: throw Self.stillAccepted
        }
    }

    private func proofByExchange(_ credential: Credential) async throws(ClientError) -> Outcome {
        guard let base = service.base, let exchange = service.facts?.exchange else { return .revoked }
        do {
            _ = try await transport.perform(
                exchange.exchange(credential.accessToken.reveal(), at: base), limits: Self.limits)
        } catch {
            return error.code == .unauthorized ? .ended : .revoked
        }
        throw Self.stillAccepted
    }

    private static let stillAccepted = ClientError(
        .unexpectedReply, "the server says it revoked the token, and still accepts it")
}
