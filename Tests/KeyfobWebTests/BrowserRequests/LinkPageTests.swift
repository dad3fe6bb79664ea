import KeyfobServer
import KeyfobTestSupport
import Testing

/// What the page tells the person about who asks.
struct LinkPageTests {
    private static func page(_ link: LinkWorld, _ requester: Requester, after seconds: Double = 0) async throws -> Reply
    {
        let started = try await link.start(from: requester, scope: "openid email")
        link.world.clock.advance(by: seconds)
        var browser = link.world.adasBrowser()
        return try await browser.get(LinkWorld.link(started.id))
    }

    @Test
    func `it shows machine, program, account, time and scopes in the product's words and colours`() async throws {
        let requester = Requester(address: "192.0.2.7", agent: "linker/1.0 (Linux)", device: "workbench")
        let page = try await Self.page(LinkWorld(), requester, after: 125)
        expectPage(page, 200, "Linker wants to access your account")
        let shown = [
            "workbench", "linker/1.0 (Linux)", "192.0.2.7", "another address than your browser", "Ada Lovelace",
            "ada@example.com", "2 minutes ago", "Expires in 7 minutes", "Know your name in the link",
            "Read your e-mail address", "Verified by the operator", "Linkers",
        ]
        for text in shown {
            #expect(page.text.contains(text), "\(text)")
        }
        #expect(!page.text.contains("Read your name<"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</bdi></dd></dl><form action=//evil.example>",
        "\u{202E}kcatta", "&lt;b&gt;", "{{{csrf}}}",
    ])
    func `hostile names change nothing of the page but the text`(text: String) async throws {
        let link = try await LinkWorld()
        let harmless = Requester(address: "192.0.2.7", agent: "linker/1.0", device: "workbench")
        let outline = HTMLOutline(try await Self.page(link, harmless).text)
        let hostile = try await Self.page(link, Requester(address: "192.0.2.7", agent: text, device: text))
        #expect(hostile.status == 200)
        #expect(HTMLOutline(hostile.text).structure == outline.structure)
        #expect(!hostile.text.contains("\u{202E}"))
    }

    @Test
    func `a client's hostile name is text too, on every page`() async throws {
        let link = try await LinkWorld(name: #"<img src=x onerror="alert(1)">"#)
        let started = try await link.start()
        var browser = link.world.adasBrowser()
        let page = try await browser.get(LinkWorld.link(started.id))
        let done = try await browser.follow(browser.submit(page.form("/cli/confirm/approve"), pressing: "approve"))
        let again = try await browser.get(LinkWorld.link(started.id))
        for reply in [page, done, again] {
            #expect(reply.status == 200)
            #expect(reply.text.contains("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;"))
            #expect(!reply.text.contains("<img"))
        }
    }

    @Test
    func `Deny comes first, nothing runs scripts, and nobody may frame or keep the page`() async throws {
        let page = try await Self.page(LinkWorld(), Requester(address: nil))
        let form = try page.form("/cli/confirm/approve")
        #expect(form.method == "post")
        #expect(form.buttons.map(\.value) == ["deny", "approve"])
        #expect(form.fields.map(\.name) == ["csrf", "requestId"])
        #expect(page["Content-Security-Policy"]?.contains("frame-ancestors 'none'") == true)
        #expect(page["Cache-Control"] == "no-store")
        #expect(page["Referrer-Policy"] == "same-origin")
        #expect(!page.text.contains("<script"))
    }
}
