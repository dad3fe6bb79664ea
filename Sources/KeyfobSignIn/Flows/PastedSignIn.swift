import FoundationEssentials
import KeyfobClient
public import KeyfobCredentials

extension SignInFlow {
    /// Makes a credential of a pasted token that the service accepts: first its form is checked, then the service is
    /// asked, by exchanging it where it exchanges tokens.
    ///
    /// - Parameters:
    ///   - text: What was pasted.
    ///   - kind: What tokens of the product look like.
    /// - Returns: The credential, not yet stored.
    /// - Throws: ``SignInError`` with ``SignInError/Code/malformedToken``, ``SignInError/Code/tokenRefused``, or
    ///   ``SignInError/Code/noMethod`` where the service can't be asked; ``ClientError`` where it did not answer.
    public func accept(pasted text: String, as kind: PastedToken) async throws -> Credential {
        guard let token = kind.token(in: text).map({ Secret($0) }) else {
            throw SignInError(.malformedToken, "that does not have the form of a token", hint: Self.hint(kind))
        }
        do {
            var credential = Credential(accessToken: token, clientID: client.id, origin: .pasted, createdAt: now())
            if service.facts?.exchange != nil {
                credential.exchanged = try await service.exchange(token, over: transport, now: now())
                note(await owner(of: credential), in: &credential)
            } else {
                note(try await checked(token, kind), in: &credential)
            }
            return credential
        } catch let error as ClientError where error.code == .unauthorized {
            throw SignInError(
                .tokenRefused, "the server does not accept the token", hint: Self.hint(kind), underlying: error)
        }
    }

    /// Who a token belongs to, asked for its name only: a service that does not answer does not fail the sign-in.
    func owner(of credential: Credential) async -> TokenDetails? {
        guard let facts = service.facts, facts.checkPath != nil, !facts.details.isEmpty else { return nil }
        let standing = try? await service.standing(
            of: credential.exchanged?.token ?? credential.accessToken, as: client, over: transport,
            limits: HTTPLimits(time: .seconds(5)))
        guard case .accepted(let details)? = standing else { return nil }
        return details
    }

    private func checked(_ token: Secret, _ kind: PastedToken) async throws -> TokenDetails? {
        switch try await service.standing(of: token, as: client, over: transport) {
        case .accepted(let details): return details
        case .refused: throw ClientError(.unauthorized, "the server does not accept the token")
        case .unknown:
            throw SignInError(.noMethod, "the service has no way to check a token, and none is stored unchecked")
        }
    }

    private func note(_ details: TokenDetails?, in credential: inout Credential) {
        credential.account = details?.account
        credential.scopes = details?.scopes ?? []
        credential.expiresAt = details?.expiresAt ?? TokenClaims(credential.accessToken.reveal())?.expiresAt
    }

    private static func hint(_ kind: PastedToken) -> String? {
        kind.pageURL.map { "make a new one at \($0)" }
    }
}
