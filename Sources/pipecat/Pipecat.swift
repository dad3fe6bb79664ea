import FoundationEssentials
import KeyfobCommands

/// The facts of the Pipecat Cloud CLI.
struct Pipecat: ProductCLI {
    typealias Options = PipecatOptions

    static let product = Product(
        name: "pipecat",
        displayName: "Pipecat Cloud",
        affiliation: "unofficial, compatible with Pipecat Cloud",
        commandPath: "pipecat",
        service: .fixed(service),
        clientID: "pipecat-cli",
        defaultScopes: [],
        methods: [.browser, .request, .paste],
        place: CredentialPlace(
            base: .dotConfig, folder: "pipecatcloud", file: "pipecatcloud.toml", folderVariable: nil,
            fileVariable: "PIPECAT_CONFIG_PATH"),
        variables: Product.Variables(
            token: "PIPECAT_TOKEN", baseURL: "PIPECAT_API_HOST", pageURL: "PIPECAT_DASHBOARD_HOST",
            organization: "PIPECAT_ORG"),
        shownCharacters: 8,
        wording: wording,
        pasted: PastedToken(forms: [.prefix(personalTokenPrefix, atLeast: 8)], pageURL: tokenPage),
        callback: Product.Callback(
            path: "/oauth_callback", ports: [8400, 8401, 8402, 8403, 8404], limit: .seconds(120))
    )

    static let personalTokenPrefix = "pcc_pat_"
    static let tokenPage = "https://pipecat.daily.co/settings/personal-access-tokens"

    private static let service = ServiceFacts(
        baseURL: "https://api.pipecat.daily.co",
        pageURL: "https://pipecat.daily.co",
        metadata: .indirect(path: PipecatPaths.configuration),
        endSessionPath: PipecatPaths.logout,
        // Ours: a token of the older sign-in can be ended, too.
        endsSessionByAccessToken: true,
        checkPath: PipecatPaths.user,
        details: ["subject": ["user", "userId"]],
        request: RequestWire(
            start: RequestWire.Start(
                path: PipecatPaths.login + "?use_code=true", idField: "token_flow_id", lifeField: "expires_in",
                secretField: "wait_secret", codeField: "code"),
            page: .given(field: "web_url"),
            poll: RequestWire.Poll(
                path: PipecatPaths.loginStatus, idName: "token_flow_id", secretName: "wait_secret",
                reasonField: "reason", words: RequestWire.Words(approved: "complete", failed: ["failure"])),
            interval: .seconds(2), firstWait: .zero),
        verificationHosts: ["pipecat.daily.co"]
    )

    // The vendor's keys and no other: at the top level its client takes every one that it does not know for a mistake.
    static let layout = CredentialLayout(
        container: .one(name: "pipecat", path: []),
        names: CredentialLayout.Names(
            accessToken: "token", refreshToken: "refresh_token", expiresAt: "token_expires_at"),
        timeForm: .fractionalSeconds,
        pastedPrefix: personalTokenPrefix
    )

    static var format: any DocumentFormat { .toml }
    static let stored = StoredSettings(organization: [.file(["org"])])

    static let abstract = "Sign in to Pipecat Cloud (unofficial, compatible with Pipecat Cloud)."

    static let discussion = """
        Examples:
          pipecat cloud auth login              Sign in in the browser
          pipecat cloud auth login --headless   The same by an address and a code, for machines without a browser
          pipecat cloud auth whoami             Show user ID, active organization and Daily API key
          pipecat cloud --config                Show the configuration, secrets left out

        The configuration is kept in ~/.config/pipecatcloud/pipecatcloud.toml, readable by you alone; \
        PIPECAT_CONFIG_PATH names another file. PIPECAT_TOKEN and PIPECAT_ORG win over what it says, and are never \
        stored in it.
        Another command X is looked for as a program: pipecat-X, and pipecat-cloud-X for pipecat cloud X.
        This program is not made by Daily.
        """

    static let commands: [any ParsableCommand.Type] = [PipecatCloud.self]

    /// Finds the organization to work for before anything is stored, since a token without one is of no use here.
    static func complete(_ credential: Credential, in session: Session) async throws -> Credential {
        let all = try await session.screen.wait(
            Wording.Waiting("Obtaining account data...", settled: "Obtaining account data...")
        ) {
            try await PipecatOrganization.all(in: session, with: credential.accessToken)
        }
        let wanted = session.organization()
        let organization = all.first { $0.name == wanted?.value } ?? all[0]
        if case .environment(let variable) = wanted?.source, organization.name != wanted?.value {
            session.screen.warn("\(variable) names an organization that is none of yours")
        }
        try session.setOrganization(organization.name)
        return credential
    }

    static func afterLogin(_ credential: Credential, in session: Session) async throws -> [String: String] {
        ["organization": try session.file.value(at: ["org"])?.text ?? ""]
    }

    /// Programs get the organization that applies, the account's first one where nothing names any.
    static func programVariables(in session: Session) async throws -> [String: String] {
        var values = try await session.programVariables()
        if let variable = product.variables.organization, values[variable] == nil {
            values[variable] = try await PipecatOrganization.active(in: session).name
        }
        return values
    }
}

@main
enum Main {
    static let environment = ProcessInfo.processInfo.environment

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        Pipecat.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
