import ArgumentParser
import KeyfobServer

extension User {
    /// The command `keyfob-server user disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn a person away, from their next request on.",
            discussion: """
                Nothing is issued or accepted for a disabled account. Its sessions and tokens sleep: they work again \
                after `user enable`, unless they expired or were revoked meanwhile.
                """
        )

        @Argument(help: "The name that the person signs in with.")
        var username: String
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let account = try await server.setAccount(username, .disabled)
                if json { return try OperatorOutput.json(AccountOutput(account)) }
                print("Disabled \(account.username) (\(account.id)).")
                let keys = try await server.keysMade(by: account)
                if keys > 0 {
                    print(
                        "\(keys) live \(keys == 1 ? "key" : "keys") of projects and organizations that this person "
                            + "made still work: see keyfob-server project key list"
                    )
                }
            }
        }
    }

    /// The command `keyfob-server user enable`.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a person in again.")

        @Argument(help: "The name that the person signs in with.")
        var username: String
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let account = try await server.setAccount(username, .active)
                if json { return try OperatorOutput.json(AccountOutput(account)) }
                print("Enabled \(account.username) (\(account.id)).")
            }
        }
    }
}
