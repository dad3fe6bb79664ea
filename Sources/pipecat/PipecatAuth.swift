import KeyfobCommands

/// `pipecat cloud auth`: sign in, sign out, and who is signed in.
struct PipecatAuth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth", abstract: "Log in, log out, and check your current account identity.",
        subcommands: [Login.self, Logout.self, PipecatWhoami.self, PipecatUsePAT.self])

    /// `pipecat cloud auth login`; its `-h` is the vendor's, and no request for help.
    struct Login: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "login", abstract: "Begin an authorization flow to authenticate with Pipecat Cloud.",
            discussion: """
                Opens your browser, waits until you have signed in there, and stores the access token. With \
                --headless, or where no browser can be opened, it prints an address and a code instead: open it on \
                this or any other device.

                For CI, set PIPECAT_TOKEN to a personal access token, or pipe one into pipecat cloud auth use-pat.
                """,
            helpNames: [.long])

        @Flag(
            name: [.long, .customShort("h")],
            help: "Skip opening a browser window for authentication and print the URL instead.")
        var headless = false

        @OptionGroup var options: PipecatOptions

        func run() async throws {
            try await Session(Pipecat.self, options.wishes).login(LoginWishes(opensBrowser: !headless))
        }
    }

    /// `pipecat cloud auth logout`.
    struct Logout: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "logout", abstract: "Sign out of the current Pipecat Cloud account.",
            discussion: """
                Ends the session on the server, if a login here made it, and removes the token from the \
                configuration file; organizations and their keys stay in it. A personal access token is only removed. \
                When the server can't be reached, the token is removed all the same, and you are told.

                A malformed configuration file is kept under another name, so that a login starts anew.
                """)

        @OptionGroup var options: PipecatOptions

        func run() async throws {
            try await Session(Pipecat.self, options.wishes).logout()
        }
    }
}
