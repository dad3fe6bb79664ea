import KeyfobTestSupport
import Testing

/// What the approval page tells the person about who asks (RFC 10027, RFC 8628 section 5.4).
struct ApprovalPageTests {
    private let world: World

    init() async throws {
        world = try await World.open()
    }

    private func page(
        client: String = "tool", device: String? = nil, agent: String? = nil, scope: String? = nil,
        after seconds: Double = 0
    ) async throws -> Reply {
        let started = try await world.post(
            "/oauth/device_authorization",
            [("client_id", client), ("device_name", device), ("scope", scope)],
            headers: agent.map { ["User-Agent": $0] } ?? [:]
        )
        world.clock.advance(by: seconds)
        var browser = world.adasBrowser()
        return try await browser.approvalPage(for: started.text("user_code"))
    }

    @Test
    func `it shows machine, program, code, account, time and scopes in words`() async throws {
        let page = try await page(
            device: "workbench", agent: "tool/1.0 (Linux)", scope: "openid email", after: 125
        )
        expectPage(page, 200, "Tool wants to access your account")
        let shown = [
            "workbench", "tool/1.0 (Linux)", "Ada Lovelace", "ada@example.com", "2 minutes ago",
            "Expires in 12 minutes", "Know who you are", "Read your e-mail address", "Verified by the operator",
        ]
        for text in shown {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(!page.text.contains("Read your name"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</bdi></dd></dl><form action=//evil.example>",
        "\u{202E}kcatta", "&lt;b&gt;", "{{{csrf}}}",
    ])
    func `hostile names change nothing of the page but the text`(text: String) async throws {
        let harmless = HTMLOutline(try await page(device: "workbench", agent: "tool/1.0").text)
        // A header can hold visible ASCII only; the rest of the text is left to the machine's name.
        let agent = String(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(Character.init))
        let hostile = try await page(device: text, agent: agent)
        #expect(hostile.status == 200)
        #expect(HTMLOutline(hostile.text).structure == harmless.structure)
        #expect(!hostile.text.contains("\u{202E}"))
    }

    @Test
    func `a client's hostile name is text too`() async throws {
        let page = try await page(client: "hostile")
        #expect(page.text.contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"))
        #expect(!page.text.contains("<img"))
    }

    @Test
    func `overlong names are cut`() async throws {
        let page = try await page(
            device: String(repeating: "d", count: 5_000), agent: String(repeating: "a", count: 5_000)
        )
        #expect(page.status == 200)
        #expect(!page.text.contains(String(repeating: "d", count: 101)))
        #expect(!page.text.contains(String(repeating: "a", count: 101)))
    }

    @Test
    func `Deny comes first, and the form carries the request and nothing to choose`() async throws {
        let form = try await page().form("/device/approve")
        #expect(form.method == "post")
        #expect(form.buttons.map(\.value) == ["deny", "approve"])
        #expect(form.fields.map(\.name) == ["csrf", "request"])
    }
}
