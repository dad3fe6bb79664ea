import ArgumentParser
import Foundation
import KeyfobProtocol
import KeyfobServer

/// The command `keyfob-server token`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens that people made to paste them somewhere.",
        subcommands: [List.self, Revoke.self]
    )

    /// A personal token as commands print it.
    struct Output: Encodable {
        let id: String
        let client: String
        let name: String
        let start: String
        let scopes: [String]
        let state: String
        let createdAt: Date
        let expiresAt: Date?
        let lastUsedAt: Date?

        init(_ token: PersonalToken, at now: Date) {
            id = token.id
            client = token.clientID
            name = token.name
            start = token.start
            scopes = token.scopes.names
            state = "\(token.state(at: now))"
            createdAt = token.createdAt
            expiresAt = token.expiresAt
            lastUsedAt = token.lastUsedAt
        }
    }

    /// The command `keyfob-server token list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a person's personal access tokens.",
            discussion: "Secrets are not kept, so none is shown."
        )

        @Argument(help: "The name that the person signs in with.")
        var username: String
        @Option(help: "Only those of the client with this id.")
        var client: String?
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                guard let account = try await server.account(named: username) else {
                    throw Failure("there is no account named \(username)", hint: "see keyfob-server user list")
                }
                let now = server.now()
                let tokens = try await server.personalTokens(of: account, client: client).map { Output($0, at: now) }
                if json { return try OperatorOutput.json(tokens) }
                OperatorOutput.table(
                    ["ID", "CLIENT", "NAME", "TOKEN", "STATE", "MADE", "EXPIRES", "LAST USED"],
                    tokens.map {
                        [
                            $0.id, $0.client, $0.name, $0.start + "...", $0.state, OperatorOutput.time($0.createdAt),
                            OperatorOutput.time($0.expiresAt), OperatorOutput.time($0.lastUsedAt),
                        ]
                    },
                    orElse: "\(account.username) has no personal access tokens."
                )
            }
        }
    }

    /// The command `keyfob-server token revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a personal access token, at once and for good.",
            discussion: "An identifier that begins with a hyphen stands after --."
        )

        @Argument(help: "The token's identifier, as `token list` shows it.")
        var id: String
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.revokePersonalToken(id)
                print("Revoked \(id).")
            }
        }
    }
}
