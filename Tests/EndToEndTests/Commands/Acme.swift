import KeyfobCommands

/// A made-up product with groups, profiles, options before the verb, and words of its own.
struct Acme: ProductCLI {
    typealias Options = AcmeOptions

    static let product = Product(
        name: "acme", displayName: "Acme", commandPath: "acme",
        service: .fixed(
            ServiceFacts(
                baseURL: "https://api.acme.test", revocationPath: "/revoke", checkPath: "/v1/me",
                details: ["email": ["user", "email"], "tier": ["tier"]],
                request: RequestWire(
                    start: .init(path: "/start", idField: "id", lifeField: "life"),
                    page: .built(path: "/confirm?id={id}"),
                    poll: .init(path: "/poll", idName: "id", words: .init(approved: "approved"))))),
        clientID: "acme-cli", defaultScopes: [], methods: [.request, .paste],
        place: CredentialPlace(base: .home, folder: ".acme", file: "config.json", folderVariable: nil),
        variables: Product.Variables(token: "ACME_TOKEN", project: "ACME_PROJECT"), shownCharacters: 8,
        wording: wording, pasted: PastedToken(forms: [.prefix("acme_", atLeast: 8)]), profiles: Product.Profiles())

    private static let nested = CredentialLayout.Names(
        accessToken: ["auth", "token"], origin: ["auth", "origin"], settings: ["project": ["defaults", "project"]])

    static let layout = CredentialLayout(
        container: .profiles(.init(path: ["profiles"], rootKey: "default", rootNames: nested, otherShapes: [nested])),
        names: CredentialLayout.Names(accessToken: "token", origin: "origin", settings: ["project": "project"]),
        current: "current_profile")

    static let stored = StoredSettings(project: [.entry("project")])
    static let settings = [
        NamedSetting("defaults.project", at: .entry("project")),
        NamedSetting("defaults.output", kind: .choice(["table", "json"]), standard: "table"),
        NamedSetting("auth.token", kind: .secret),
    ]
    static let abstract = "An example."
    static let discussion = ""
    static let commands: [any ParsableCommand.Type] = [AcmeAuth.self, AcmeProjects.self, AcmeConfig.self]

    static func adapt(_ arguments: inout [String], _ context: inout CommandContext) {
        if let output = context.environment["ACME_OUTPUT"] { arguments = ["--output", output] + arguments }
    }

    static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String] {
        let reply: AcmeProjects.Reply = try await session.get("/v1/projects")
        if reply.projects.count == 1 { try session.setProject(reply.projects[0]) }
        return ["count": "\(reply.projects.count)"]
    }

    private static var wording: Wording {
        var wording = Wording()
        wording.signInVerb = "auth login"
        wording.errors = .solution
        wording.openings["login"] = Wording.block("Authentication")
        wording.addressScreen = [Wording.Line("Open {url}"), Wording.Line("and compare {code}")]
        wording.waiting = Wording.Waiting("Waiting for authentication...")
        wording.signedIn = [Wording.Line("Signed in, {count} project(s)", sign: .success)]
        wording.status = [
            Wording.Line("Authenticated as: {account}"), Wording.Line("Tier: {tier}"),
            Wording.Line("Token expires: {expires}"),
        ]
        wording.identity = []
        wording.verified = nil
        wording.details = [Wording.Line("Email: {email}"), Wording.Line("Tier: {tier}")]
        wording.endings[.pasted] = [Wording.Line("Removed here")]
        wording.failures["login"] = "Authentication failed: {message}"
        wording.phrases[.tokenRefused] = Wording.Phrase(
            "Invalid authentication token", hint: "Generate a new token from the dashboard")
        wording.phrases[.notSignedIn] = Wording.Phrase(
            "Not signed in", hint: "Sign in", command: "acme auth login")
        return wording
    }
}

struct AcmeOptions: ProductOptions {
    enum Output: String, ExpressibleByArgument {
        case table, json
    }

    @Option(help: "The profile.")
    var profile: String?

    @Option(name: .shortAndLong, help: "table or json.")
    var output: Output = .table

    var wishes: Wishes { Wishes(json: output == .json, profile: profile) }

    static func asksForJSON(_ arguments: [String]) -> Bool {
        zip(arguments, arguments.dropFirst()).contains { ["-o", "--output"].contains($0) && $1 == "json" }
    }
}

struct AcmeAuth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth",
        subcommands: [
            AcmeLogin.self, ProductLogout<Acme>.self, ProductWhoami<Acme>.self, ProductStatus<Acme>.self,
            ProductRevoke<Acme>.self, ProductRefresh<Acme>.self,
        ])
}

struct AcmeLogin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "login", helpNames: [.long])

    @Option var token: String?
    @Flag var paste = false
    @Flag(name: [.long, .customShort("h")]) var headless = false
    @OptionGroup var options: AcmeOptions

    func run() async throws {
        let session = try Session(Acme.self, options.wishes)
        if token != nil { session.warnOfTokenOnCommandLine("use --paste") }
        var wishes = LoginWishes(method: paste ? .paste : nil, opensBrowser: !headless)
        wishes.token = token
        try await session.login(wishes)
    }
}

struct AcmeProjects: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "projects")
    @OptionGroup var options: AcmeOptions

    struct Reply: Decodable, Sendable {
        let projects: [String]
    }

    func run() async throws {
        let session = try Session(Acme.self, options.wishes)
        let reply: Reply = try await session.get("/v1/projects")
        let active = session.project()?.value
        session.screen.table(["Name", "Active"], reply.projects.map { [$0, $0 == active ? "yes" : ""] })
    }
}

struct AcmeConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        subcommands: [
            ConfigShow<Acme>.self, ConfigGet<Acme>.self, ConfigSet<Acme>.self, ConfigUnset<Acme>.self,
            ConfigReset<Acme>.self, ConfigPath<Acme>.self, ConfigSetProfile<Acme>.self, ConfigGetProfile<Acme>.self,
        ])
}
