import Testing

/// What a browser says about where a form comes from.
struct SameOriginTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func enter(from site: String?) async throws -> Reply {
        let code = try await world.startDevice().text("user_code")
        var browser = world.adasBrowser()
        var form = try await browser.get("/device").form("/device")
        form["user_code"] = code
        return try await browser.submit(form, headers: site.map { ["Sec-Fetch-Site": $0] } ?? [:])
    }

    @Test(arguments: [nil, "same-origin", "none"])
    func `our own forms are taken, also from browsers that say nothing`(site: String?) async throws {
        #expect(try await enter(from: site).status == 303)
    }

    @Test(arguments: ["cross-site", "same-site", "", "Same-Origin ", "x"])
    func `every other form is refused, whatever it carries`(site: String) async throws {
        expectPage(try await enter(from: site), 403, "This did not work")
    }

    @Test
    func `each page's form is guarded`() async throws {
        for path in ["/sign-in", "/sign-out", "/device", "/device/approve", "/authorize/decision"] {
            let reply = try await world.post(path, [], headers: ["Sec-Fetch-Site": "cross-site"])
            expectPage(reply, 403, "This did not work")
            #expect(reply.text.contains("The form came from another site."), "\(path)")
        }
    }

    @Test
    func `links from other sites are followed`() async throws {
        var browser = world.adasBrowser()
        let headers = ["Sec-Fetch-Site": "cross-site"]
        #expect(try await browser.get("/device?user_code=WDJB-MJHX", headers: headers).status == 200)
        #expect(try await browser.get(World.authorize(), headers: headers).status == 200)
    }
}
