public import KeyfobClient
import KeyfobProtocol

extension ServiceFacts {
    /// The service at an address, as far as the facts alone say it: no network.
    ///
    /// That is enough for resources, pasted tokens, sign-ins by request id, and the end of a session.
    ///
    /// - Parameter addresses: Addresses that win over those of the facts.
    /// - Returns: The service.
    /// - Throws: ``ClientError`` for an address that is not one, or is not encrypted.
    public func located(at addresses: ServiceAddresses = ServiceAddresses()) throws(ClientError) -> ResolvedService {
        let base = try Self.address(addresses.base ?? baseURL)
        let pages = try (addresses.pages ?? (addresses.base == nil ? pageURL : nil)).map { text throws(ClientError) in
            try Self.address(text).address
        }
        var metadata = ServerMetadata(issuer: base.text)
        lay(over: &metadata, base)
        return ResolvedService(facts: self, base: base.address, pages: pages ?? base.address, metadata: metadata)
    }

    /// The service at an address, with all that it says of itself.
    ///
    /// - Parameters:
    ///   - addresses: Addresses that win over those of the facts.
    ///   - transport: The way to the service.
    /// - Returns: The service.
    /// - Throws: ``ClientError`` for an address that is not one, or is not encrypted, or where the service can't be
    ///   asked or answers what it should not.
    public func resolve(
        at addresses: ServiceAddresses = ServiceAddresses(), over transport: any HTTPTransport
    ) async throws(ClientError) -> ResolvedService {
        var service = try located(at: addresses)
        let base = try Self.address(addresses.base ?? baseURL)
        switch metadata {
        case .none: return service
        case .published: service.metadata = try await transport.metadata(of: base)
        case .indirect(let path):
            let read = try ServiceConfiguration.read(path, at: base.address)
            guard let configuration = try await transport.perform(read) else { return service }
            service.metadata = try await transport.metadata(of: Issuer(configuration.issuer))
            service.clientID = configuration.clientID
            service.scopes = configuration.scopes?.names
        }
        lay(over: &service.metadata, base)
        return service
    }

    // What the facts name is what this product uses, whatever else is published.
    private func lay(over metadata: inout ServerMetadata, _ base: Issuer) {
        let root = base.text
        if let deviceAuthorizationPath { metadata.deviceAuthorizationEndpoint = root + deviceAuthorizationPath }
        if let tokenPath { metadata.tokenEndpoint = root + tokenPath }
        if let revocationPath { metadata.revocationEndpoint = root + revocationPath }
    }

    private static func address(_ text: String) throws(ClientError) -> Issuer {
        try Issuer(typed: text.hasSuffix("/") ? String(text.dropLast()) : text)
    }
}
