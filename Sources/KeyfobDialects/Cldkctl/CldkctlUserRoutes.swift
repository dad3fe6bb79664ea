import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Who somebody is, in which organization, and with which projects.
///
/// Without `organization_id` in the query, which is ours, the organization is the first one that the person joined.
struct CldkctlUserRoutes {
    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("core/user/profile") { request, _ in
            let grant = try await server.cldkctlGrant(request)
            return try Response.data(try await CldkctlPerson(grant.account, in: request.organization(), server))
        }
        router.get("core/user/organization") { request, _ in
            let grant = try await server.cldkctlGrant(request)
            guard let membership = try await server.membership(of: grant.account, in: request.organization()) else {
                throw ServerError(.notFound, "you belong to no organization")
            }
            return try Response.data(Organization(membership))
        }
        router.get("core/user/organization/projects/byOrg") { request, _ in
            let grant = try await server.cldkctlGrant(request)
            guard let membership = try await server.membership(of: grant.account, in: request.organization()) else {
                return try Response.data([Project]())
            }
            let projects = try await server.projects(
                for: .person(grant.account), in: membership.organization.id)
            return try Response.data(projects.map(Project.init))
        }
        router.get("core/user/project/detail/:id") { request, context in
            let grant = try await server.cldkctlGrant(request)
            let principal = Principal.person(grant.account)
            let project = try await server.project(try context.parameters.require("id"), for: principal)
            if let reference = try request.organization() {
                let organization = try await server.organization(reference, for: principal)
                guard project.organization.id == organization.id else {
                    throw ServerError(.notFound, "there is no such project in \(organization.slug)")
                }
            }
            return try Response.data(Project(project))
        }
    }

    private struct Organization: Encodable {
        let id: String
        let name: String
        let slug: String
        let role: String

        init(_ membership: Membership) {
            id = membership.organization.id
            name = membership.organization.name
            slug = membership.organization.slug
            role = membership.role.rawValue
        }
    }

    private struct Project: Encodable {
        let id: String
        let name: String
        let slug: String
        let description: String?
        let organizationID: String

        init(_ project: KeyfobServer.Project) {
            id = project.id
            name = project.name
            slug = project.slug
            description = project.description
            organizationID = project.organization.id
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, slug, description
            case organizationID = "organization_id"
        }
    }
}

extension Request {
    /// The organization that the query names.
    fileprivate func organization() throws -> String? {
        try queryFields().optional("organization_id")
    }
}
