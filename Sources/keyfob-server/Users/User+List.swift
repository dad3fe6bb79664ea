import ArgumentParser
import KeyfobServer

extension User {
    /// The command `keyfob-server user list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people who can sign in.")

        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                var accounts: [AccountOutput] = []
                for account in try await server.accounts() {
                    accounts.append(
                        AccountOutput(account, attributes: try await server.accountAttributes(of: account))
                    )
                }
                if json { return try OperatorOutput.json(accounts) }
                OperatorOutput.table(
                    ["USERNAME", "ID", "E-MAIL", "NAME", "STATE", "ATTRIBUTES"],
                    accounts.map {
                        [$0.username, $0.id, $0.email ?? "-", $0.name ?? "-", $0.state, $0.attributes.line]
                    },
                    orElse: "There are no accounts yet: keyfob-server user add NAME"
                )
            }
        }
    }
}

extension [String: String] {
    /// Attributes on one line, by name.
    var line: String {
        isEmpty ? "-" : sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
