import KeyfobServer
import KeyfobTestSupport
import KeyfobWeb
import Testing

/// What an operator can set of a dialect.
struct DialectSettingsTests {
    private let dialect: Dialect

    init() throws {
        dialect = try FrontWorld.dialect(
            "orchard", "Orchard", "#b03a2e", [.init("api"), .init("console", hasPages: true)],
            options: [
                .flag("digits", "Whether codes have digits.") { $0.clients[0].settings.userCodeHasDigits = $1 },
                .seconds("life", "How long a token lives.") { dialect, life in
                    dialect.clients[0].settings.accessToken = .jwt(life: life)
                },
            ]
        )
    }

    private func refusal(_ change: (inout DialectSettings) -> Void) -> DialectSettingError? {
        var settings = DialectSettings()
        change(&settings)
        do throws(DialectSettingError) {
            _ = try dialect.configured(by: settings)
            return nil
        } catch {
            return error
        }
    }

    @Test
    func `a dialect of which nothing is said stays as it is`() throws {
        let same = try dialect.configured(by: DialectSettings())
        #expect(same.brand == dialect.brand)
        #expect(same.origins.isEmpty)
        #expect(same.scopeWords == dialect.scopeWords)
        #expect(same.clients[0].settings == dialect.clients[0].settings)
    }

    @Test
    func `name, colours, hosts, words and options are the operator's`() throws {
        var settings = DialectSettings()
        settings.name = "Plum & Co"
        settings.accent = "#AABBCC"
        settings.hosts = ["console": "https://Plum.Example:443/"]
        settings.scopes = ["openid": "Know you"]
        settings.options = ["digits": .flag(true)]
        let configured = try dialect.configured(by: settings)
        #expect(configured.brand == (try Brand(name: "Plum & Co", accent: "#aabbcc")))
        #expect(configured.origins.mapValues(\.text) == ["console": "https://plum.example"])
        #expect(configured.scopeWords == ["openid": "Know you"])
        #expect(configured.clients[0].settings.userCodeHasDigits)
    }

    @Test
    func `what does not exist is refused with what does`() {
        #expect(
            refusal { $0.hosts = ["dashboard": "https://plum.example"] }
                == .init(
                    path: ["hosts", "dashboard"], message: "orchard has no hosts.dashboard",
                    hint: "the hosts are: api, console"))
        #expect(
            refusal { $0.scopes = ["admin": "Everything"] }
                == .init(
                    path: ["scopes", "admin"], message: "orchard has no scopes.admin", hint: "the scopes are: openid"))
        #expect(
            refusal { $0.options = ["digit": .flag(true)] }
                == .init(
                    path: ["digit"], message: "orchard has no digit",
                    hint: "the dialect's own settings are: digits, life"))
    }

    @Test(arguments: [
        "http://plum.example", "https://plum.example/path", "plum.example", "https://", "https://plum.example?x",
        "https://a@plum.example", "ftp://plum.example", "https://plum.example#x", "http://localhost.evil.example",
        "https://plum.example:0", "https://plum example", "http://evillocalhost",
    ])
    func `a host is https, or http on this machine, and nothing else`(text: String) {
        #expect(refusal { $0.hosts = ["api": text] }?.path == ["hosts", "api"])
    }

    @Test(arguments: ["red", "#12345", "#1234567", "#12345g", "", "#123;}body{color:red"])
    func `a colour that is none is refused, since it becomes part of the style sheet`(text: String) {
        #expect(refusal { $0.accent = text }?.path == ["accent"])
        #expect(refusal { $0.accentDark = text }?.path == ["accent_dark"])
    }

    @Test
    func `an option of another kind is refused with what it takes`() {
        #expect(refusal { $0.options = ["digits": .text("yes")] }?.hint == "write true or false")
        // Ten years; the sum of a time and the largest number there is would end the process.
        for number in [0, -1, 315_360_001, Int.max] {
            #expect(
                refusal { $0.options = ["life": .number(number)] }?.hint == "write a number of seconds, 1 to 315360000")
        }
        #expect(refusal { $0.options = ["life": .number(315_360_000)] } == nil)
        #expect(refusal { $0.options = ["life": .flag(true)] }?.path == ["life"])
    }
}
