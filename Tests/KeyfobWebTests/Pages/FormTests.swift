import KeyfobWeb
import Testing

struct FormTests {
    private let renderer: PageRenderer

    init() throws {
        renderer = try PageRenderer()
    }

    private func html(_ page: Page) -> String {
        renderer.render(page, brand: .keyfob)
    }

    private func decisions(_ page: Page) -> [String?] {
        HTMLOutline(html(page)).all("button").filter { $0.attributes["name"] == "decision" }
            .map { $0.attributes["value"] }
    }

    @Test
    func `approving needs its own button, and Deny comes first`() {
        let page = SamplePages.approve(saying: "text", verified: true)
        #expect(decisions(page) == ["deny", "approve"])
        #expect(!html(page).contains("autofocus"))
        #expect(html(page).contains(#"value="deny" class="button">Deny</button>"#))
        #expect(html(page).contains(#"value="approve" class="button primary">Approve</button>"#))
    }

    @Test
    func `a client is called verified only when it is`() {
        #expect(html(SamplePages.approve(saying: "text", verified: true)).contains("Verified by the operator"))
        let unverified = html(SamplePages.approve(saying: "text", verified: false))
        #expect(unverified.contains("Not verified"))
        #expect(!unverified.contains("Verified by the operator"))
    }

    @Test
    func `another address than the browser's is pointed out, with both addresses`() {
        var requester = ApprovePage.Requester(address: "203.0.113.9", browserAddress: "198.51.100.4")
        func page() -> Page {
            .approve(
                ApprovePage(
                    action: "/approve",
                    csrf: "c",
                    clientName: "Example",
                    clientVerified: true,
                    account: ApprovePage.Account(name: "ada"),
                    requester: requester,
                    scopes: []
                )
            )
        }
        #expect(!html(page()).contains("198.51.100.4"))
        requester.addressDiffers = true
        #expect(html(page()).contains("another address than your browser"))
        #expect(html(page()).contains("198.51.100.4"))
    }

    @Test
    func `a code from a link is shown and posted with the person's decision`() {
        let page = Page.confirmCode(ConfirmCodePage(action: "/device", csrf: "c", code: "WDJB-MJHX"))
        #expect(decisions(page) == ["cancel", "continue"])
        #expect(html(page).contains(#"<p class="code-shown"><bdi>WDJB-MJHX</bdi></p>"#))
        #expect(html(page).contains(#"<input type="hidden" name="user_code" value="WDJB-MJHX">"#))
        #expect(html(page).contains(">Continue</button>"))
        #expect(!html(page).contains("autofocus"))
    }

    @Test
    func `the sign-in form tells a password manager what its fields are`() {
        let page = Page.signIn(SignInPage(action: "/sign-in", csrf: "c"))
        let inputs = HTMLOutline(html(page)).all("input").filter { $0.attributes["type"] != "hidden" }
        #expect(inputs.map { $0.attributes["name"] } == ["username", "password"])
        #expect(inputs.map { $0.attributes["autocomplete"] } == ["username", "current-password"])
        #expect(inputs.map { $0.attributes["autofocus"] } == ["", nil])
        #expect(html(page).contains(#"<label for="username">Username</label>"#))
        #expect(html(page).contains(#"<label for="password">Password</label>"#))
        #expect(html(page).contains(">Sign in</button>"))
    }

    @Test
    func `a failed sign-in keeps the user name, never a password, and says why at once`() {
        let page = SignInPage(action: "/sign-in", csrf: "c", username: "ada", error: "That did not match")
        let outline = HTMLOutline(html(.signIn(page)))
        let inputs = outline.all("input").filter { $0.attributes["type"] != "hidden" }
        #expect(inputs.map { $0.attributes["value"] } == ["ada", nil])
        #expect(inputs.map { $0.attributes["autofocus"] } == [nil, ""])
        #expect(inputs.allSatisfy { $0.attributes["aria-describedby"] == "error" })
        #expect(outline.tags.contains { $0.attributes["role"] == "alert" && $0.attributes["id"] == "error" })
        #expect(html(.signIn(page)).contains("<title>Error: Sign in · Keyfob</title>"))
    }

    @Test
    func `the code field takes one-time codes and shows their shape`() {
        let page = EnterCodePage(action: "/device", csrf: "c", signedInAs: "ada", signOutAction: "/sign-out")
        let field = HTMLOutline(html(.enterCode(page))).all("input").first { $0.attributes["name"] == "user_code" }
        #expect(field?.attributes["autocomplete"] == "one-time-code")
        #expect(field?.attributes["placeholder"] == "ABCD-EFGH")
        #expect(html(.enterCode(page)).contains(#"<label for="user_code">Code</label>"#))
        #expect(html(.enterCode(page)).contains(">Sign out</button>"))
    }
}
