import KeyfobTestSupport
import Testing

struct StyleTests {
    private static func path(in page: Reply) throws -> String {
        let links = HTMLOutline(page.text).all("link")
        return try links.first { $0.attributes["rel"] == "stylesheet" }.orFail().attributes["href"].orFail()
    }

    @Test
    func `the style sheet that a page names is there, and may be kept for ever`() async throws {
        let world = try await World.open()
        let reply = try await world.get(try Self.path(in: world.get("/sign-in")))
        #expect(reply.status == 200)
        #expect(reply["Content-Type"] == "text/css; charset=utf-8")
        #expect(reply["Cache-Control"] == "public, max-age=31536000, immutable")
        #expect(reply["X-Content-Type-Options"] == "nosniff")
        #expect(reply.text.hasPrefix(":root{"))
    }

    @Test
    func `a style sheet of another name is not there`() async throws {
        #expect(try await World.open().get("/assets/0123456789abcdef.css").status == 404)
    }
}
