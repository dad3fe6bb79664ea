import KeyfobSQL
import Testing

struct HealthTests {
    @Test(arguments: [("/healthz", "ok\n"), ("/readyz", "ready\n")])
    func `a healthy server says so`(path: String, text: String) async throws {
        let reply = try await World.open().get(path)
        #expect(reply.status == 200)
        #expect(reply.text == text)
    }

    @Test
    func `without its database the server lives and is not ready`() async throws {
        let world = try await World.open()
        try await world.database.close()
        let ready = try await world.get("/readyz")
        #expect(ready.status == 503)
        #expect(ready["Retry-After"] == "2")
        #expect(try await world.get("/healthz").status == 200)
    }
}
