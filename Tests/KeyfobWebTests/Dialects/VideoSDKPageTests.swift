import KeyfobProtocol
import KeyfobTestSupport
import Testing

/// The page behind the link, and the two hosts that the product has.
struct VideoSDKPageTests {
    private static let hosts = ["api": "https://api.videosdk.live", "dashboard": "https://app.videosdk.live"]

    private let videosdk: VideoSDKWorld
    private var api: VideoSDKWorld { videosdk.at("https://api.videosdk.live") }
    private var dashboard: VideoSDKWorld { videosdk.at("https://app.videosdk.live") }

    init() async throws {
        videosdk = try await VideoSDKWorld(hosts: Self.hosts)
    }

    @Test
    func `the link leads to a page with the product's name that says who asks, and for what`() async throws {
        let body =
            #"{"code_challenge":"\#(World.challenge)","code_challenge_method":"S256","device_name":"workbench"}"#
        let headers = ["User-Agent": "videosdk/0.1.0 (Linux x86_64)"]
        let started = try await api.world.send("POST", VideoSDKWorld.start, headers: headers, body: body)
        var browser = dashboard.world.adasBrowser()
        let page = try await browser.get(VideoSDKWorld.page + "?requestId=" + started.text("requestId"))
        expectPage(page, 200, "VideoSDK CLI wants to access your account")
        let shown = [
            "workbench", "videosdk/0.1.0 (Linux x86_64)",
            "<title>Approve access · VideoSDK</title>", "Ada Lovelace", "ada@example.com",
            "Read your name, e-mail address and tier", "Deploy and manage your agents on Agent Cloud",
        ]
        for text in shown { #expect(page.text.contains(text), "\(text)") }
        #expect(!page.text.contains("Keyfob"))
    }

    @Test
    func `somebody who is not signed in is asked to, and comes back to the link`() async throws {
        let id = try await api.start().text("requestId")
        var browser = dashboard.world.browser()
        let link = VideoSDKWorld.page + "?requestId=" + id
        let redirect = try await browser.get(link).redirect()
        #expect(redirect.base == "/sign-in")
        #expect(redirect["return_to"] == link)
        let reply = try await browser.signIn(at: "/sign-in?" + redirect.query.encoded)
        #expect(reply["Location"] == link)
        expectPage(try await browser.follow(reply), 200, "VideoSDK CLI wants to access your account")
    }

    @Test
    func `approved on the dashboard's host, the token is fetched from the API's and names it`() async throws {
        let id = try await api.start().text("requestId")
        expectPage(try await dashboard.decide(id), 200, "You’re signed in")
        let token = try await api.poll(id).text("token")
        let claims = try IDToken.claims(token)
        #expect(claims["iss"] == "https://api.videosdk.live")
        #expect(claims["aud"] == "https://api.videosdk.live")
        #expect(try await api.me(token).status == 200)
    }

    @Test
    func `on another host neither the wire nor the page is there`() async throws {
        let own = videosdk.at(World.issuer)
        #expect(try await own.start().status == 404)
        #expect(try await own.me("x").status == 404)
        #expect(try await own.world.get(VideoSDKWorld.page + "?requestId=x").status == 404)
    }

    @Test
    func `opening the link approves nothing, nor does a post without the form`() async throws {
        let id = try await api.start().text("requestId")
        var browser = dashboard.world.adasBrowser()
        for path in [VideoSDKWorld.page, VideoSDKWorld.page + "/approve", VideoSDKWorld.page + "/done"] {
            _ = try await browser.get(path + "?requestId=" + id)
        }
        let fields = [("requestId", id), ("decision", "approve")]
        let forged = try await browser.post(VideoSDKWorld.page + "/approve", FormFields(fields))
        #expect(forged.status == 403)
        let elsewhere = try await browser.post(
            VideoSDKWorld.page + "/approve", FormFields(fields), headers: ["Origin": "https://evil.example"])
        #expect(elsewhere.status == 403)
        #expect(try await api.poll(id).json() == .object(["status": "pending"]))
    }
}
