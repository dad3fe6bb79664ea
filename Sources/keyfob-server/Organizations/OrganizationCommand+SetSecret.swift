import ArgumentParser
import KeyfobServer

extension OrganizationCommand {
    /// The command `keyfob-server organization set-secret`.
    struct SetSecret: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a secret for an organization, such as another service's key.",
            discussion: """
                The value is asked for on a terminal; elsewhere it is the first line of standard input. It is kept \
                encrypted under root.key, and every member of the organization can have it shown.
                """
        )

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @Argument(help: "The secret's name.")
        var name: String
        @Flag(help: "Forget the secret.")
        var remove = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.setOrganizationSecret(name, value: try readValue(), of: organization)
                print(remove ? "Removed \(name) from \(organization)." : "Set \(name) of \(organization).")
            }
        }

        private func readValue() throws -> String? {
            if remove { return nil }
            return HiddenLine.isTyped ? try HiddenLine.ask("Secret: ") : try HiddenLine.piped("secret")
        }
    }

    /// The command `keyfob-server organization set-attribute`.
    struct SetAttribute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note a fact about an organization that programs show, such as a plan.",
            discussion: "It is kept in clear: a secret is for set-secret."
        )

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @OptionGroup var change: AttributeChange
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.setOrganizationAttribute(change.name, value: change.value, of: organization)
                print(change.sentence(of: organization))
            }
        }
    }
}
