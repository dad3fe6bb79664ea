import FoundationEssentials
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// The account, the projects and the installer, as programs see them.
struct PodstackResourceTests {
    private let podstack: PodstackWorld

    init() async throws {
        podstack = try await PodstackWorld()
    }

    @Test
    func `the account is told with what the token is`() async throws {
        let reply = try await podstack.ask("/v1/account", podstack.token(Scopes(["account.read"]), days: 30))
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "application/json" && reply["Cache-Control"] == "no-store")
        let token: [String: JSON] = [
            "kind": "API token", "name": "ci", "scope": "account.read",
            "created_at": .string(podstack.world.clock.now.formatted(.iso8601)),
            "expires_at": .string(podstack.world.clock.now.addingTimeInterval(30 * 86_400).formatted(.iso8601)),
        ]
        #expect(
            try reply.json()
                == .object([
                    "id": .string(podstack.world.day.account), "email": "ada@example.com", "name": "Ada Lovelace",
                    "token": .object(token),
                ]))
    }

    @Test
    func `a token without the scope does not tell who its owner is`() async throws {
        let reply = try await podstack.ask("/v1/account", podstack.token(Scopes(["pods.read"]), days: nil))
        #expect(try reply.json().names == ["id", "token"])
        #expect(try reply.json()["token"]?.names == ["kind", "name", "scope", "created_at"])
    }

    @Test
    func `projects have the members that the vendor's package reads, and a short name`() async throws {
        let token = try await podstack.token()
        let reply = try await podstack.ask("/v1/projects?limit=20&offset=0", token)
        #expect(reply.status == 200)
        let project = try #require(try reply.json()["projects"]?.elements.first)
        #expect(project.names == ["id", "name", "slug", "created_at", "updated_at"])
        #expect(project["name"] == "My Project" && project["slug"] == "my-project")
        #expect(try await podstack.ask("/v1/projects?offset=1", token).json()["projects"]?.elements == [])
        expectError(try await podstack.ask("/v1/projects?limit=-1", token), 400, "invalid_request")
    }

    @Test(arguments: ["my-project", "My%20Project", "lab%2Fmy-project"])
    func `a project is found by short name, name and path`(reference: String) async throws {
        let reply = try await podstack.ask("/v1/projects/\(reference)", podstack.token())
        #expect(reply.status == 200)
        #expect(try reply.text("slug") == "my-project")
    }

    @Test
    func `a project of others is forbidden, and so is one that does not exist`() async throws {
        _ = try await podstack.world.server.addOrganization(slug: "theirs", name: "Theirs", owner: nil)
        let secret = try await podstack.world.server.createProject(name: "Secret", in: "theirs", by: .operator)
        let token = try await podstack.token()
        var bodies: Set<String> = []
        for reference in ["secret", secret.id, "theirs%2Fsecret", "nothing", "%00", "..%2f.."] {
            let reply = try await podstack.ask("/v1/projects/\(reference)", token)
            expectError(reply, 403, "access_denied")
            #expect(try reply.text("message") == "Permission denied for resource")
            bodies.insert(reply.text)
        }
        #expect(bodies.count == 1)
    }

    @Test
    func `a token that lacks a scope is told so in the vendor's words`() async throws {
        let token = try await podstack.token(Scopes(["account.read"]))
        for reply in [
            try await podstack.ask("/v1/projects", token),
            try await podstack.ask("/v1/projects", token, method: "POST", body: #"{"name":"x"}"#),
        ] {
            expectError(reply, 403, "insufficient_scope")
            #expect(try reply.text("message") == "Permission denied for resource")
        }
    }

    @Test
    func `a project is made in the first organization in which the person may`() async throws {
        let token = try await podstack.token()
        let body = #"{"name":"Zwei","description":"for tests"}"#
        let reply = try await podstack.ask("/v1/projects", token, method: "POST", body: body)
        #expect(reply.status == 201)
        #expect(try reply.text("slug") == "zwei")
        #expect(try reply.text("description") == "for tests")
        for broken in ["", "[]", #"{"name":""}"#, #"{"title":"x"}"#] {
            let refused = try await podstack.ask("/v1/projects", token, method: "POST", body: broken)
            expectError(refused, 400, "invalid_request")
        }
        try await podstack.world.server.removeMember("ada", from: "lab")
        expectError(
            try await podstack.ask("/v1/projects", token, method: "POST", body: body), 403, "access_denied")
    }

    @Test
    func `the installer offers a program that has a checksum, and nothing else`() async throws {
        let folder = try TemporaryFolder()
        let one = try await PodstackWorld(["programs": .text(folder.path)])
        #expect(try await one.get.get("/cli").status == 404)
        let program = folder.path + "/podstack-linux-x86_64"
        try Data("program".utf8).write(to: URL(filePath: program))
        #expect(try await one.get.get("/cli/podstack-linux-x86_64").status == 404)
        let sum = String(repeating: "0a", count: 32)
        try Data("\(sum)  podstack-linux-x86_64\n".utf8).write(to: URL(filePath: program + ".sha256"))
        let script = try await one.get.get("/cli")
        #expect(script.status == 200)
        #expect(script.text.contains("program=podstack-linux-x86_64 checksum=\(sum) ;;"))
        #expect(script.text.contains("https://get.podstack.example/cli/$program"))
        #expect(!script.text.contains("aarch64"))
        #expect(try await one.get.get("/cli/podstack-linux-x86_64").text == "program")
        #expect(try await one.get.get("/cli/podstack-linux-aarch64").status == 404)
        #expect(try await one.api.get("/cli").status == 404)
        try Data("$(rm -rf /)\n".utf8).write(to: URL(filePath: program + ".sha256"))
        #expect(try await one.get.get("/cli").status == 404)
    }

    @Test
    func `the folder of programs is an absolute path`() async throws {
        await #expect(throws: (any Error).self) { _ = try await PodstackWorld(["programs": .text("programs")]) }
    }
}
