import Testing

struct HomeTests {
    @Test
    func `a stranger is offered to sign in`() async throws {
        var browser = try await World.open().browser()
        let page = try await browser.get("/")
        expectPage(page, 200, "Welcome to Keyfob")
        #expect(page.text.contains("href=\"/sign-in\""))
        #expect(page.forms.isEmpty)
    }

    @Test
    func `who is signed in is named, and offered to enter a code or to sign out`() async throws {
        var browser = try await World.open().adasBrowser()
        let page = try await browser.get("/")
        expectPage(page, 200, "You’re signed in")
        #expect(page.text.contains("Ada Lovelace"))
        #expect(page.text.contains("ada@example.com"))
        #expect(page.text.contains("href=\"/device\""))
        #expect(page.forms.map(\.action) == ["/sign-out"])
    }
}
