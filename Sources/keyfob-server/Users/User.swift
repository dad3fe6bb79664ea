import ArgumentParser
import Foundation
import KeyfobServer

/// The command `keyfob-server user`.
struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "People who can sign in.",
        subcommands: [Add.self, List.self, SetAttribute.self, Disable.self, Enable.self]
    )

    /// The command `keyfob-server user add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person.",
            discussion: """
                The password is asked for on a terminal. With --password-stdin it is the first line of standard input.
                """
        )

        @Argument(help: "The name to sign in with.")
        var username: String
        @Option(help: "The e-mail address.")
        var email: String?
        @Option(help: "The full name.")
        var name: String?
        @Flag(help: "Read the password from standard input.")
        var passwordStdin = false
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let account = try await server.addAccount(
                    username: username, email: email, name: name, password: try readPassword()
                )
                if json { return try OperatorOutput.json(AccountOutput(account)) }
                print("Added \(account.username) (\(account.id)).")
            }
        }

        private func readPassword() throws -> String {
            guard !passwordStdin, HiddenLine.isTyped else { return try HiddenLine.piped("password") }
            let first = try HiddenLine.ask("Password: ")
            guard try HiddenLine.ask("Password again: ") == first else {
                throw Failure("the two passwords differ", hint: "run the command again")
            }
            return first
        }
    }
}
