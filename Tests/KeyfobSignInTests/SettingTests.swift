import KeyfobClient
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct SettingTests {
    private static func product(
        methods: [Product.Method] = [.browser, .deviceCode], profiles: Product.Profiles? = Product.Profiles()
    ) -> Product {
        Product(
            name: "tool", displayName: "Tool", commandPath: "tool",
            service: .fixed(ServiceFacts(baseURL: "https://api.example.com")), clientID: "c", defaultScopes: [],
            methods: methods,
            place: CredentialPlace(
                base: .home, folder: ".tool", file: "c.yaml", folderVariable: nil, fileVariable: "TOOL_FILE"),
            variables: Product.Variables(
                token: "TOOL_TOKEN", baseURL: "TOOL_URL", profile: "TOOL_PROFILE", project: "TOOL_PROJECT"),
            profiles: profiles)
    }

    private static let environment = ["TOOL_PROFILE": "work", "TOOL_URL": "https://env.example.com"]

    @Test func `the profile is the flag's, the variable's, the file's, or the standard one`() throws {
        let product = Self.product()
        func choose(_ flag: String?, _ environment: [String: String], _ pointer: String?) throws -> Setting? {
            try product.activeProfile(flag: flag, environment: environment, pointer: pointer)
        }
        #expect(try choose("flag", Self.environment, "file") == Setting("flag", from: .flag))
        #expect(
            try choose(nil, Self.environment, "file") == Setting("work", from: .environment(variable: "TOOL_PROFILE")))
        #expect(try choose(nil, ["TOOL_PROFILE": " "], "file") == Setting("file", from: .file))
        #expect(try choose(nil, [:], nil) == Setting("default", from: .standard))
        let without = Self.product(profiles: nil)
        #expect(try without.activeProfile(flag: "x", environment: [:], pointer: nil) == nil)
    }

    @Test(arguments: ["../x", "a b", ".hidden", "-x", "a/b", "é", "a\u{0}b", String(repeating: "a", count: 65)])
    func `text that is no name of a profile is refused`(name: String) {
        let error = #expect(throws: SignInError.self) {
            try Self.product().activeProfile(flag: name, environment: [:], pointer: nil)
        }
        #expect(error?.code == .invalidProfile)
    }

    @Test func `addresses and projects come from the strongest place that has one`() {
        let product = Self.product()
        let work = (name: "work", value: Optional("https://work.example.com"))
        #expect(
            product.baseURL(environment: Self.environment, profile: work)
                == Setting("https://env.example.com", from: .environment(variable: "TOOL_URL")))
        #expect(
            product.baseURL(environment: [:], profile: work, stored: "https://file.example.com")
                == Setting("https://work.example.com", from: .profile("work")))
        #expect(
            product.baseURL(environment: [:], profile: ("work", nil), stored: "https://file.example.com")
                == Setting("https://file.example.com", from: .file))
        #expect(product.baseURL(environment: [:]) == Setting("https://api.example.com", from: .standard))
        #expect(product.project(environment: ["TOOL_PROJECT": ""], profile: ("work", "p"))?.value == "p")
        #expect(product.project(environment: [:]) == nil)
        #expect(product.organization(environment: ["": "trap"]) == nil)
    }

    @Test func `a variable that names the file itself wins, relative or not`() {
        let place = Self.product().place
        let home = ["HOME": "/home/me"]
        #expect(place.resolve(home)?.path == "/home/me/.tool/c.yaml")
        for path in ["/etc/x.yaml", "x.yaml"] {
            let found = place.resolve(home.merging(["TOOL_FILE": path]) { $1 })
            #expect(found?.path == path)
            #expect(found?.ownsFolder == false)
        }
        #expect(place.resolve(["HOME": "/home/me", "TOOL_FILE": ""])?.path == "/home/me/.tool/c.yaml")
    }

    @Test func `without a browser here, what needs none comes first, and pasting only where nothing else is`() {
        var metadata = ServerMetadata(issuer: "https://a.example")
        metadata.authorizationEndpoint = "https://a.example/authorize"
        metadata.tokenEndpoint = "https://a.example/token"
        metadata.deviceAuthorizationEndpoint = "https://a.example/device"
        metadata.userInfoEndpoint = "https://a.example/userinfo"
        let full = ResolvedService(metadata: metadata)
        let product = Self.product(methods: [.browser, .paste, .deviceCode, .request])
        #expect(product.ways(offeredBy: full, hasBrowser: true) == [.browser, .deviceCode])
        #expect(product.ways(offeredBy: full, hasBrowser: false) == [.deviceCode, .browser])
        metadata.tokenEndpoint = nil
        let bare = ResolvedService(metadata: metadata)
        #expect(product.ways(offeredBy: bare, hasBrowser: true) == [.paste])
        #expect(Self.product(methods: [.request]).ways(offeredBy: full, hasBrowser: true).isEmpty)
    }

    @Test(arguments: [
        ("tok_0123456789abcdef", "tok_0123456789abcdef"), ("  tok_0123456789abcdef\r\n", "tok_0123456789abcdef"),
        ("tok_0123456789abcde", nil), ("tok_0123456789ABCDEF", nil), ("tok_0123456789abcdefg", nil),
        ("pat_xyz", "pat_xyz"), ("pat_x", nil), ("pat_x y", nil), ("pat_xyz\u{301}", nil), ("", nil), ("\n", nil),
    ])
    func `a pasted token is taken by its form`(text: String, token: String?) {
        let format = TokenFormat(prefix: "tok_", alphabet: .hexadecimal, length: 16, hasChecksum: false)
        let kind = PastedToken(forms: [.format(format), .prefix("pat_", atLeast: 3)])
        #expect(kind.token(in: text) == token)
    }

    @Test func `a token of any form is still one word of visible characters`() {
        let kind = PastedToken(forms: [.any])
        #expect(kind.token(in: " x ") == "x")
        for text in ["a b", "a\u{1b}b", "é", String(repeating: "x", count: 8_193)] {
            #expect(kind.token(in: text) == nil)
        }
    }
}
