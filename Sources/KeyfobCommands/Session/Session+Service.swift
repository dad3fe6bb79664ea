public import KeyfobClient
import KeyfobCredentials
public import KeyfobSignIn

extension Session {
    /// The product's service with all of its addresses, asked for where the service publishes them.
    ///
    /// - Parameter key: The issuer, for a tool whose service is found by discovery.
    /// - Returns: The service.
    /// - Throws: ``ClientError``.
    public func service(_ key: String) async throws(ClientError) -> ResolvedService {
        switch product.service {
        case .fixed(let facts): return try await facts.resolve(at: addresses, over: context.transport)
        case .discovery:
            return ResolvedService(metadata: try await context.transport.metadata(of: Issuer(key)))
        }
    }

    /// The product's service as far as the facts tell its addresses, without asking anyone.
    ///
    /// - Throws: ``ClientError`` for an address that is not one, ``Failure`` for a tool that knows no service.
    func located() throws -> ResolvedService {
        guard case .fixed(let facts) = product.service else {
            throw Failure("no_service", "this tool has no service of its own", exit: .failed)
        }
        return try facts.located(at: addresses)
    }

    private var addresses: ServiceAddresses {
        let pages = product.variables.pageURL.flatMap { context.environment[$0] }.flatMap { $0.isEmpty ? nil : $0 }
        let base = baseURL()
        // The facts' own address is no override: pages would follow it to another host.
        let isStandard = base.map { if case .standard = $0.source { true } else { false } } ?? true
        return ServiceAddresses(base: isStandard ? nil : base?.value, pages: pages)
    }

    /// Who this program is for a service, with the client that a credential was issued to.
    func client(_ service: ResolvedService, for credential: Credential?) -> ClientIdentity {
        service.client(
            id: credential?.clientID ?? service.clientID ?? product.clientID,
            secret: product.environmentSecret(context.environment))
    }
}
