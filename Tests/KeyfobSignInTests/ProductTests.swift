import KeyfobClient
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct ProductTests {
    private static func place(_ base: CredentialPlace.Base) -> CredentialPlace {
        CredentialPlace(base: base, folder: "tool", file: "c.json", folderVariable: "TOOL_DIR")
    }

    @Test func `the file is where the product keeps it`() {
        let home = ["HOME": "/home/me"]
        let xdg = home.merging(["XDG_CONFIG_HOME": "/etc/x/"]) { $1 }
        #expect(Self.place(.xdgConfig).resolve(home)?.path == "/home/me/.config/tool/c.json")
        #expect(Self.place(.xdgConfig).resolve(xdg)?.path == "/etc/x/tool/c.json")
        #expect(Self.place(.dotConfig).resolve(xdg)?.path == "/home/me/.config/tool/c.json")
        #expect(Self.place(.home).resolve(xdg)?.path == "/home/me/tool/c.json")
    }

    @Test func `a folder that the user names is used as it is, and is not the program's own`() {
        let resolved = Self.place(.home).resolve(["TOOL_DIR": "/srv/x", "HOME": "/home/me"])
        #expect(resolved?.path == "/srv/x/c.json")
        #expect(resolved?.ownsFolder == false)
    }

    @Test(arguments: [[:], ["HOME": ""], ["HOME": "relative"]])
    func `without a home folder there is no place`(environment: [String: String]) {
        #expect(Self.place(.xdgConfig).resolve(environment) == nil)
    }

    // XDG base directory specification: "If an implementation encounters a relative path … ignore it."
    @Test func `a relative folder is ignored`() {
        let environment = ["HOME": "/h", "XDG_CONFIG_HOME": "x", "TOOL_DIR": "y"]
        #expect(Self.place(.xdgConfig).resolve(environment)?.path == "/h/.config/tool/c.json")
    }

    @Test func `screens show the home folder as a tilde`() {
        #expect(CredentialPlace.abbreviated("/home/me/x", environment: ["HOME": "/home/me"]) == "~/x")
        #expect(CredentialPlace.abbreviated("/home/me2/x", environment: ["HOME": "/home/me"]) == "/home/me2/x")
        #expect(CredentialPlace.abbreviated("/x", environment: ["HOME": "/"]) == "/x")
        #expect(CredentialPlace.abbreviated("/x", environment: [:]) == "/x")
    }

    private static let facts = ServiceFacts(
        baseURL: "https://api.example.com", deviceAuthorizationPath: "/start", tokenPath: "/token",
        revocationPath: "/revoke", checkPath: "/check",
        wire: .json(DeviceWire.Statuses(clientName: "T", pending: 428, denied: 403, expired: 410)),
        verificationHosts: ["login.example.com"])

    @Test func `facts become addresses at the service's host`() throws {
        let service = try Self.facts.located()
        #expect(service.metadata.deviceAuthorizationEndpoint == "https://api.example.com/start")
        #expect(service.metadata.revocationEndpoint == "https://api.example.com/revoke")
        #expect(service.facts?.checkPath == "/check")
        #expect(service.offers(.deviceCode))
        #expect(!service.offers(.browser))
    }

    @Test func `the environment's address replaces the host, and must be safe`() throws {
        let local = try Self.facts.located(at: ServiceAddresses(base: "http://127.0.0.1:8/"))
        #expect(local.metadata.tokenEndpoint == "http://127.0.0.1:8/token")
        let error = #expect(throws: ClientError.self) {
            try Self.facts.located(at: ServiceAddresses(base: "http://elsewhere.example"))
        }
        #expect(error?.code == .insecureAddress)
    }
}
