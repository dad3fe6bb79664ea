import KeyfobProtocol
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// Which front answers, and what it says of itself.
struct FrontTests {
    @Test(arguments: [
        ("console.orchard.example", FrontWorld.console), ("CONSOLE.Orchard.Example", FrontWorld.console),
        ("console.orchard.example:443", FrontWorld.console), ("api.orchard.example", FrontWorld.api),
        ("harbour.localhost:8443", FrontWorld.harbour), ("id.example.com", World.issuer),
        ("id.example.com:443", World.issuer),
    ])
    func `a host that was configured has its front, in any case and with the scheme's own port or without`(
        authority: String, origin: String
    ) async throws {
        #expect(try await FrontWorld.open().site.fronts.front(at: authority).origin == origin)
    }

    @Test(arguments: [
        nil, "", "evil.example", "console.orchard.example:8443", "console.orchard.example:80",
        "console.orchard.example.", "console.orchard.example.evil.example", "evil.example/console.orchard.example",
        "evil@console.orchard.example", "console.orchard.example@evil.example", "console.orchard.example:443:443",
        "console.orchard.example, evil.example", " console.orchard.example", "harbour.localhost",
        "harbour.localhost:08443", "[::1]:8443", "console.orchard.example:", "console.orchard.exampl\u{0435}",
    ])
    func `every other host is the issuer's front`(authority: String?) async throws {
        #expect(try await FrontWorld.open().site.fronts.front(at: authority).origin == World.issuer)
    }

    @Test
    func `an address in brackets is a host like any other`() async throws {
        let world = try await FrontWorld.open(
            issuer: "http://[::1]:8080", hosts: ["harbour": ["all": FrontWorld.harbour]]
        )
        let fronts = world.site.fronts
        #expect(fronts.front(at: "[::1]:8080").origin == "http://[::1]:8080")
        #expect(fronts.front(at: "[0:0:0:0:0:0:0:1]:8080") == fronts.own)
    }

    @Test(arguments: [
        "https://evil.example", "https://console.orchard.example:80", "https://console.orchard.example:1",
    ])
    func `a host that nobody configured is repeated nowhere`(origin: String) async throws {
        let world = try await FrontWorld.open()
        for path in ["/", "/sign-in", "/nowhere", "/device", "/.well-known/openid-configuration"] {
            let reply = try await world.at(origin).get(path, headers: ["Accept": "text/html"])
            let own = try await world.get(path, headers: ["Accept": "text/html"])
            #expect(reply.status == own.status)
            #expect(!reply.text.contains("evil") && !reply.text.contains("orchard"))
            #expect(reply["Location"] == own["Location"])
        }
        let started = try await world.at(origin).startDevice()
        #expect(try started.text("verification_uri") == World.issuer + "/device")
    }

    @Test(arguments: ["X-Forwarded-Host", "X-Host", "X-Original-Host", "Forwarded", "X-Forwarded-Server"])
    func `no other field names the host`(field: String) async throws {
        let world = try await FrontWorld.open()
        let value = field == "Forwarded" ? "host=console.orchard.example" : "console.orchard.example"
        let reply = try await world.get("/", headers: [field: value])
        #expect(reply.text.contains("Keyfob") && !reply.text.contains("Orchard"))
        let started = try await world.post(
            "/oauth/device_authorization", [("client_id", "tool")], headers: [field: "evil.example"]
        )
        #expect(!started.text.contains("evil"))
    }

    @Test
    func `a second host is refused, since a proxy may have judged by the other one`() async throws {
        let reply = try await FrontWorld.open().get("/", headers: ["Host": "console.orchard.example"])
        #expect(reply.status == 400)
        #expect(reply.text.isEmpty)
    }

    @Test
    func `each dialect answers on its own hosts only`() async throws {
        let world = try await FrontWorld.open()
        for (origin, name) in [
            (FrontWorld.api, "orchard"), (FrontWorld.console, "orchard"), (FrontWorld.harbour, "harbour"),
        ] {
            #expect(try await world.at(origin).get("/v1/name").text == "\(name) at \(origin)")
        }
        #expect(try await world.get("/v1/name").status == 404)
    }

    @Test
    func `the server's own front stands in for a host that was not given`() async throws {
        let world = try await FrontWorld.open(
            hosts: ["orchard": ["console": FrontWorld.console], "harbour": ["all": FrontWorld.harbour]]
        )
        #expect(try await world.get("/v1/name").text == "orchard at " + World.issuer)
        #expect(world.site.origin(of: "api", in: "orchard") == World.issuer)
        #expect(world.site.origin(of: "console", in: "orchard") == FrontWorld.console)
    }

    @Test
    func `a dialect may have the issuer's own host`() async throws {
        let world = try await FrontWorld.open(
            hosts: ["orchard": ["api": World.issuer, "console": World.issuer], "harbour": ["all": FrontWorld.harbour]]
        )
        #expect(try await world.get("/").text.contains("Orchard"))
        #expect(try await world.get("/v1/name").text == "orchard at " + World.issuer)
        #expect(world.site.fronts.others.map(\.origin) == [FrontWorld.harbour])
    }

    @Test
    func `two dialects that claim one path or one host are refused before anything is served`() async throws {
        let path = FrontError.sharedPath("/v1/name", origin: World.issuer, dialects: ["orchard", "harbour"])
        await #expect(throws: path) { _ = try await FrontWorld.open(hosts: [:]) }
        let host = FrontError.sharedHost(FrontWorld.api, dialects: ["orchard", "harbour"])
        await #expect(throws: host) {
            _ = try await FrontWorld.open(hosts: [
                "orchard": ["api": FrontWorld.api], "harbour": ["all": FrontWorld.api],
            ])
        }
    }
}
