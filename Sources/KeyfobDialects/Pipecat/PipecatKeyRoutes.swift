import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The public keys of an organization.
struct PipecatKeyRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        let keys = router.group("v1/organizations/{org}/apiKeys")
        keys.get { request, context in
            let keys = try await server.organizationKeys(
                of: try context.parameters.require("org"), for: try await person(request)
            )
            return try Response.json(Keys(public: keys.map(Key.init)))
        }
        keys.post { request, context in
            let person = try await person(request)
            let wish = try await wish(request)
            let key = try await server.createOrganizationKey(
                PipecatClient.publicKey, name: wish.name, organization: try context.parameters.require("org"),
                by: person
            )
            return try Response.json(Key(key))
        }
        keys.delete("{key}") { request, context in
            let id = try context.parameters.require("key")
            try await server.revokeOrganizationKey(
                id, of: try context.parameters.require("org"), by: try await person(request)
            )
            // The vendor's older client reads a body whatever the status.
            return try Response.json(Revoked(id: id))
        }
    }

    private func person(_ request: Request) async throws -> Principal {
        .person(try await server.pipecatGrant(request, allowing: PipecatClient.organizationScope).account)
    }

    private func wish(_ request: Request) async throws -> Wish {
        guard let wish = try? JSONDecoder().decode(Wish.self, from: Data(try await request.bytes())) else {
            throw WebError(.badRequest, .invalidRequest, "the body is not the JSON object that this endpoint takes")
        }
        guard wish.type ?? "public" == "public" else {
            throw WebError(.badRequest, .invalidRequest, "the only type of key is public")
        }
        return wish
    }

    private struct Wish: Decodable {
        let name: String
        let type: String?
    }

    private struct Keys: Encodable {
        let `public`: [Key]
    }

    private struct Revoked: Encodable {
        let id: String
        let revoked = true
    }

    /// A key, as the vendor's clients read it.
    private struct Key: Encodable {
        struct Metadata: Encodable {
            let name: String
        }

        let id: String
        let key: String
        let createdAt: String
        let revoked: Bool
        let metadata: Metadata

        init(_ key: OrganizationKey) {
            id = key.id
            self.key = key.value
            createdAt = key.createdAt.formatted(.iso8601)
            revoked = key.isRevoked
            metadata = Metadata(name: key.name)
        }
    }
}
