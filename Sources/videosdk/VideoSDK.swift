import FoundationEssentials
import KeyfobCommands

/// The facts of the VideoSDK CLI.
struct VideoSDK: ProductCLI {
    static let product = Product(
        name: "videosdk",
        displayName: "VideoSDK",
        affiliation: "unofficial, compatible with VideoSDK",
        commandPath: "videosdk",
        service: .fixed(service),
        clientID: "videosdk-cli",
        defaultScopes: [],
        methods: [.request],
        place: place,
        variables: Product.Variables(
            token: tokenName, baseURL: "VIDEOSDK_API_URL", pageURL: "VIDEOSDK_DASHBOARD_URL"),
        wording: wording
    )

    /// The name of the token in the file, and of the variable that wins over it.
    static let tokenName = "VIDEOSDK_AUTH_TOKEN"

    private static let service = ServiceFacts(
        baseURL: "https://api.videosdk.live",
        pageURL: "https://app.videosdk.live",
        revocationPath: "/oauth/revoke",
        checkPath: "/ai/v1/cloud/registry/me",
        details: ["name": ["name"], "email": ["email"], "tier": ["tier"]],
        request: RequestWire(
            start: RequestWire.Start(
                path: "/v2/cli/request/start",
                // Ours: the id is in the browser's address bar, and must not be enough to fetch the token.
                challengeField: "code_challenge",
                idField: "requestId", lifeField: "expiresIn"),
            page: .built(path: "/cli/confirm-auth?requestId={id}"),
            poll: RequestWire.Poll(
                path: "/v2/cli/request/status", idName: "requestId", words: RequestWire.Words(approved: "approved")),
            interval: .seconds(3), life: 600),
        tokenScheme: .bare
    )

    // Where the vendor's client has it on this system.
    #if os(macOS)
        private static let place = CredentialPlace(
            base: .home, folder: "Library/Application Support/videosdk_config", file: "config.json",
            folderVariable: nil)
    #else
        private static let place = CredentialPlace(
            base: .xdgConfig, folder: "videosdk_config", file: "config.json", folderVariable: nil)
    #endif

    // The vendor's key, and one of ours: a token without an origin was put there by something else, and is never
    // revoked. No expiry: the vendor's client would leave ours beside its next token.
    static let layout = CredentialLayout(
        container: .one(name: "videosdk", path: []),
        names: CredentialLayout.Names(accessToken: MemberPath(tokenName), origin: "origin"),
        absentIsNull: true
    )

    static let abstract = "Sign in to VideoSDK (unofficial, compatible with VideoSDK)."

    static let discussion = """
        videosdk auth login links this machine to your VideoSDK account; commands that deploy agents to Agent Cloud \
        need it.

        The token is kept in ~/.config/videosdk_config/config.json, readable by you alone. One in the variable \
        \(tokenName) wins over it, and is never stored or deleted.

        Another command X is looked for as a program called videosdk-X, which gets the token in that variable.

        This program is not made by VideoSDK.
        """

    static let commands: [any ParsableCommand.Type] = [VideoSDKAuth.self]

    // A token that hides the login is named: whose it is may be a surprise.
    static func identity(in session: Session) async throws -> [String: String] {
        guard case .environment(let variable) = try await session.credential().source else { return [:] }
        return ["variable": variable]
    }
}

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = ProcessInfo.processInfo.environment
        VideoSDK.start(arguments, environment: environment, now: { Date() }, random: SystemRandomNumberGenerator())
    }
}
