import FoundationEssentials
import Hummingbird
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// Projects, as the vendor's Python package reads and writes them, with a short name that is ours.
struct PodstackProjectRoutes {
    private static let longestPage = 1_000

    private let server: AuthorizationServer

    init(_ server: AuthorizationServer) {
        self.server = server
    }

    func add(to router: RouterGroup<WebContext>) {
        router.get("v1/projects", use: list)
        router.post("v1/projects", use: create)
        router.get("v1/projects/{project}", use: show)
    }

    @Sendable private func list(_ request: Request, _: WebContext) async throws -> Response {
        let grant = try await server.podstackGrant(of: request, for: PodstackClient.projectsRead)
        let query = try request.queryFields()
        let limit = try number("limit", in: query) ?? Self.longestPage
        let offset = try number("offset", in: query) ?? 0
        let projects = try await server.projects(for: .person(grant.account))
        return try .json(["projects": projects.dropFirst(offset).prefix(limit).map(Project.init)])
    }

    @Sendable private func create(_ request: Request, _: WebContext) async throws -> Response {
        let grant = try await server.podstackGrant(of: request, for: PodstackClient.projectsWrite)
        let wish: Wish = try await request.json()
        let person = Principal.person(grant.account)
        let memberships = try await server.organizations(of: grant.account)
        guard let owner = memberships.first(where: { $0.role.mayWrite }) else {
            throw ServerError(.forbidden, "you are in no organization in which you may make projects")
        }
        let project = try await server.createProject(
            name: wish.name, description: wish.description, in: owner.organization.id, by: person
        )
        return try .json(Project(project), status: .created)
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let grant = try await server.podstackGrant(of: request, for: PodstackClient.projectsRead)
        // A segment of a path knows no plus for a blank; a form does.
        let segment = context.parameters.get("project")?.replacing("+", with: "%2B") ?? ""
        let reference = try? FormFields(parsing: "project=\(segment)").single("project")
        do {
            return try .json(Project(try await server.project(reference ?? "", for: .person(grant.account))))
        } catch let error as ServerError where error.code == .notFound {
            // The vendor answers 403 for a project of others; one that does not exist must not look different.
            throw ServerError(.forbidden, "the token has no access to such a project")
        }
    }

    private func number(_ name: String, in query: FormFields) throws -> Int? {
        guard let text = try query.optional(name) else { return nil }
        guard let number = Int(text), (0...Self.longestPage).contains(number) else {
            throw WebError(.badRequest, .invalidRequest, "\(name) must be a number from 0 to \(Self.longestPage)")
        }
        return number
    }

    private struct Wish: Decodable {
        let name: String
        let description: String?
    }

    private struct Project: Encodable {
        let id: String
        let name: String
        let slug: String
        let description: String?
        let createdAt: String
        let updatedAt: String

        init(_ project: KeyfobServer.Project) {
            id = project.id
            name = project.name
            slug = project.slug
            description = project.description
            createdAt = project.createdAt.formatted(.iso8601)
            // Nothing of a project changes here.
            updatedAt = createdAt
        }

        private enum CodingKeys: String, CodingKey {
            case id, name, slug, description
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }
}
