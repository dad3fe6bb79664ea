import KeyfobCommands
import Testing

/// A made-up product that can keep its tokens in a keyring, which fails here in one way or another.
private struct Gamma: ProductCLI {
    static let product = Product(
        name: "gamma", displayName: "Gamma", commandPath: "gamma",
        service: .fixed(ServiceFacts(baseURL: "https://api.gamma.test", checkPath: "/me")), clientID: "gamma",
        defaultScopes: [], methods: [.paste],
        place: CredentialPlace(base: .home, folder: ".gamma", file: "config.json", folderVariable: nil),
        variables: Product.Variables(token: nil), pasted: PastedToken(forms: [.prefix("gamma_", atLeast: 4)]))
    static let layout = CredentialLayout(
        container: .one(name: "gamma", path: []),
        names: CredentialLayout.Names(accessToken: "token", origin: "origin", store: "store"))
    static let abstract = "An example."
    static let discussion = ""
    static let commands: [any ParsableCommand.Type] = [GammaLogin.self, ProductLogout<Gamma>.self]

    static func secrets(in context: CommandContext) -> (any SecretStore)? {
        ScriptedKeyring(failure: context.environment["KEYRING"].flatMap(CredentialStoreError.Code.init(rawValue:)))
    }
}

/// An empty keyring, or one that can't be used.
private struct ScriptedKeyring: SecretStore {
    let failure: CredentialStoreError.Code?
    let location = "the keyring of a test"

    func read(_ key: String) throws(CredentialStoreError) -> Secret? {
        try fail()
        return nil
    }

    func write(_ secret: Secret, for key: String, label: String) throws(CredentialStoreError) {
        try fail()
    }

    func delete(_ key: String) throws(CredentialStoreError) -> Bool {
        try fail()
        return false
    }

    private func fail() throws(CredentialStoreError) {
        if let failure { throw CredentialStoreError(failure, message: "the keyring fails", hint: "wait") }
    }
}

private struct GammaLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "login")
    @Flag var useKeyring = false

    func run() async throws {
        var wishes = LoginWishes(method: .paste)
        wishes.keepsSecretsApart = useKeyring
        try await Session(Gamma.self).login(wishes)
    }
}

struct KeyringCommandTests {
    private static let apart = #"{"store": "keyring", "theme": "dark"}"#

    @Test(arguments: ["unavailable", "denied"])
    func `a keyring that can't be used is no reason not to sign in without it, and that is said`(
        _ failure: String
    ) async throws {
        try await Bench.run(["GET /me": ["{}"]]) { bench in
            try bench.write(Self.apart, to: ".gamma/config.json")
            let login = try await bench.run(
                Gamma.self, ["login"], input: "gamma_1234\n", environment: ["KEYRING": failure])
            #expect(login.status == 0, "\(login.errors)")
            #expect(login.errors.contains("the keyring fails; the login that it keeps is not ended on the server"))
            #expect(login.errors.contains("the token was in the keyring before, and is in ~/.gamma/config.json now"))
            let file = bench.file(".gamma/config.json")
            #expect(file.contains("gamma_1234"))
            #expect(file.contains("dark"))
            #expect(!file.contains("keyring"))
        }
    }

    @Test(arguments: [("locked", ["login"]), ("unavailable", ["login", "--use-keyring"])])
    func `one that can be unlocked, or was asked for, is waited for`(
        _ failure: String, _ arguments: [String]
    ) async throws {
        try await Bench.run(["GET /me": ["{}"]]) { bench in
            try bench.write(Self.apart, to: ".gamma/config.json")
            let login = try await bench.run(
                Gamma.self, arguments, input: "gamma_1234\n", environment: ["KEYRING": failure])
            #expect(login.status == 1)
            #expect(bench.file(".gamma/config.json") == Self.apart)
            #expect(bench.service.calls.isEmpty)
        }
    }

    @Test
    func `a logout forgets what the keyring has lost`() async throws {
        try await Bench.run([:]) { bench in
            try bench.write(Self.apart, to: ".gamma/config.json")
            let logout = try await bench.run(Gamma.self, ["logout"])
            #expect(logout.status == 0, "\(logout.errors)")
            let file = bench.file(".gamma/config.json")
            #expect(!file.contains("keyring"))
            #expect(file.contains("dark"))
        }
    }
}
