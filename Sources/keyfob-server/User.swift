import ArgumentParser
import Foundation
import KeyfobSQL
import KeyfobServer

/// The command `keyfob-server user`.
struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "People who can sign in.", subcommands: [Add.self]
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
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await Failure.reporting {
                let server = try await data.openServer()
                let account = try await server.addAccount(
                    username: username, email: email, name: name, password: try readPassword()
                )
                try await server.database.close()
                print("Added \(account.username) (\(account.id)).")
            }
        }

        private func readPassword() throws -> String {
            if !passwordStdin, isatty(STDIN_FILENO) != 0 {
                let first = try ask("Password: ")
                guard try ask("Password again: ") == first else {
                    throw Failure("the two passwords differ", hint: "run the command again")
                }
                return first
            }
            guard let line = readLine(strippingNewline: true), !line.isEmpty else {
                throw Failure("there is no password on standard input", hint: "pipe it in, or use a terminal")
            }
            return line
        }

        /// Reads a line without showing it; the C library puts echo back, after Ctrl+C too.
        private func ask(_ prompt: String) throws -> String {
            guard let text = getpass(prompt) else {
                throw Failure("no password was given", hint: "run the command again, or use --password-stdin")
            }
            defer { memset(text, 0, strlen(text)) }
            return String(cString: text)
        }
    }
}
