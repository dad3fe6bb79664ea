import KeyfobProtocol
import Testing

/// Where the browser goes after the sign-in: a page of ours that wants one, and nowhere else.
struct ReturnPathTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private static func signIn(_ path: String) -> String {
        "/sign-in?" + FormFields([("return_to", path)]).encoded
    }

    @Test(arguments: [
        "/", "/device", "/device?user_code=WDJB-MJHX", "/device/approve?request=abc", "/authorize?client_id=tool&x=%2F",
    ])
    func `a page that asks for a sign-in is gone back to`(path: String) async throws {
        var browser = world.browser()
        #expect(try await browser.get(Self.signIn(path)).form("/sign-in")["return_to"] == path)
        var form = try await browser.get("/sign-in").form("/sign-in")
        form["return_to"] = path
        form["username"] = "ada"
        form["password"] = FirstDay.password
        #expect(try await browser.submit(form)["Location"] == path)
    }

    private static let hostile = [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example",
        "https://evil.example",
        "https:evil.example", "javascript:alert(1)", "evil.example", "", "/\t/evil.example", "/\t//evil.example",
        "\t//evil.example", " //evil.example", "/ /evil.example", "/\n/evil.example", "/\r/evil.example",
        "/device\r\nSet-Cookie: a=b", "/%2f/evil.example", "/%5cevil.example",
        "%2f%2fevil.example", "/%09/evil.example",
        "/device/../..//evil.example", "/.//evil.example", "/..//evil.example", "/device/..%2f..%2f", "/device;x",
        "/device#//evil.example", "/deviceX", "/device/", "/Device", "/sign-in", "/sign-out", "/oauth/token",
        "/authorize/decision", "@evil.example", "/@evil.example", "/\u{2215}evil.example", "/\u{FF0F}evil.example",
        "/device\\?x",
    ]

    @Test(arguments: hostile)
    func `anything else leads to the start page, in the link and in the form`(path: String) async throws {
        var browser = world.browser()
        #expect(try await browser.get(Self.signIn(path)).form("/sign-in")["return_to"] == "/")
    }

    @Test
    func `a form that was changed leads to the start page, too`() async throws {
        var browser = world.browser()
        for path in ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"] {
            var form = try await browser.get("/sign-in").form("/sign-in")
            form["return_to"] = path
            form["username"] = "ada"
            form["password"] = FirstDay.password
            #expect(try await browser.submit(form)["Location"] == "/")
        }
    }

    @Test
    func `an overlong path leads to the start page`() async throws {
        var browser = world.browser()
        let path = "/device?" + String(repeating: "x", count: 9_000)
        #expect(try await browser.get(Self.signIn(path)).form("/sign-in")["return_to"] == "/")
    }
}
