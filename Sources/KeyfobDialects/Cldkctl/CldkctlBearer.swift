import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

extension AuthorizationServer {
    /// What the JWT of a request stands for.
    ///
    /// The long-lived token itself is not one: it goes to the exchange and nowhere else.
    ///
    /// - Throws: `WebError` or ``ServerError`` with status 401.
    func cldkctlGrant(_ request: Request) async throws -> AccessGrant {
        guard let grant = try await accessGrant(try request.bearerToken()), grant.clientID == CldkctlClient.id,
            case .session = grant.source
        else { throw ServerError.oauth(.invalidToken, "the token is invalid, expired or revoked") }
        return grant
    }
}
