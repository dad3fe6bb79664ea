import KeyfobServer
import KeyfobTestSupport
import Testing

/// Who somebody is, and what of their organizations they are told.
struct CldkctlUserTests {
    private let cldkctl: CldkctlWorld
    private let jwt: String
    private var world: World { cldkctl.world }

    init() async throws {
        cldkctl = try await CldkctlWorld()
        let server = cldkctl.world.server
        _ = try await server.addAccount(username: "eve", password: "eve's own password")
        for (slug, owner) in [("lab", "ada"), ("second", "ada"), ("foreign", "eve")] {
            _ = try await server.addOrganization(slug: slug, name: slug.uppercased(), owner: owner)
            _ = try await server.createProject(name: slug + " project", in: slug, by: .operator)
        }
        jwt = try await cldkctl.jwt(cldkctl.makeToken().secret)
    }

    @Test
    func `the profile is of the first organization, unless another is named`() async throws {
        let first = try await cldkctl.call("GET", "/core/user/profile", jwt).data()
        #expect(first.names == ["id", "name", "email", "role", "organization_id", "organization_name"])
        let ours = Set(["LAB", "SECOND"])
        #expect(ours.contains(try first["organization_name"].orFail().text.orFail()))
        let second = try await cldkctl.call("GET", "/core/user/profile?organization_id=second", jwt).data()
        #expect(second["organization_name"] == "SECOND")
        let organization = try await cldkctl.call("GET", "/core/user/organization?organization_id=second", jwt).data()
        #expect(organization.names == ["id", "name", "slug", "role"])
        #expect(organization["id"] == second["organization_id"])
        #expect(organization["role"] == "owner")
    }

    @Test
    func `projects are those of the organization`() async throws {
        let path = "/core/user/organization/projects/byOrg?organization_id=second"
        let projects = try await cldkctl.call("GET", path, jwt).data().elements
        #expect(projects.map { $0["name"] } == ["second project"])
        #expect(projects[0].names == ["id", "name", "slug", "organization_id"])
        let id = try projects[0]["id"].orFail().text.orFail()
        let detail = try await cldkctl.call("GET", "/core/user/project/detail/" + id, jwt).data()
        #expect(detail == projects[0])
        #expect(
            try await cldkctl.call("GET", "/core/user/project/detail/" + id + "?organization_id=lab", jwt).status == 404
        )
    }

    @Test(
        arguments: [
            "/core/user/profile?organization_id=foreign", "/core/user/organization?organization_id=foreign",
            "/core/user/organization/projects/byOrg?organization_id=foreign",
            "/core/user/project/detail/foreign-project",
            "/core/user/profile?organization_id=%20", "/core/user/project/detail/%2e%2e",
        ])
    func `what is another's is not there`(path: String) async throws {
        let reply = try await cldkctl.call("GET", path, jwt)
        #expect(reply.status == 404)
        #expect(reply.error == "not_found")
    }

    @Test(arguments: [
        "/core/user/profile", "/core/user/organization", "/core/user/organization/projects/byOrg",
        "/core/user/project/detail/lab-project",
    ])
    func `without a JWT nothing is told`(path: String) async throws {
        for bearer in [nil, "", "x", "cldkctl_" + String(repeating: "0", count: 32)] {
            #expect(try await cldkctl.call("GET", path, bearer).status == 401)
        }
        #expect(try await cldkctl.call("GET", path, jwt).status == 200)
    }
}
