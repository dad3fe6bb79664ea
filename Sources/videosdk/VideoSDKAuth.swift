import KeyfobCommands

/// `videosdk auth`: the commands that link this machine to an account.
struct VideoSDKAuth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth", abstract: "Sign in, sign out, and show who is signed in.",
        discussion: """
            Examples:
              videosdk auth login     Open the browser, approve there, and store the token
              videosdk auth whoami    Show name, e-mail address and tier
              videosdk auth logout    End the session and remove the token
            """,
        subcommands: [Login.self, Logout.self, Whoami.self])

    /// `videosdk auth login`.
    struct Login: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "login", abstract: "Sign in to VideoSDK in the browser.",
            discussion: """
                Opens your browser at a page on which you confirm this sign-in, and waits until you have. Without a \
                browser it shows the address: open it on this or any other device. Ctrl+C cancels; a token that was \
                stored before stays.

                The request expires after a time that the service sets. A new sign-in ends the one before.
                """)

        @OptionGroup var options: OutputOptions

        func run() async throws {
            try await Session(VideoSDK.self, options.wishes).login()
        }
    }

    /// `videosdk auth logout`.
    struct Logout: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "logout", abstract: "Sign out of VideoSDK.",
            discussion: """
                Ends the session on the server, if a login here made it, and removes the token here. When the server \
                can't be reached, the token is removed all the same, and you are told what may still be alive there. \
                Deployments on Agent Cloud are not affected.
                """)

        @OptionGroup var options: OutputOptions

        func run() async throws {
            try await Session(VideoSDK.self, options.wishes).logout()
        }
    }

    /// `videosdk auth whoami`.
    struct Whoami: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "whoami", abstract: "Show whose token is used, and verify it.",
            discussion: """
                Asks the service, and exits with 0 if it accepts the token, 4 if not or where there is none, and 6 if \
                it can't be reached.
                """)

        @OptionGroup var options: OutputOptions

        func run() async throws {
            try await Session(VideoSDK.self, options.wishes).whoami()
        }
    }
}
