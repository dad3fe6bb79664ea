import ArgumentParser
import KeyfobServer

extension User {
    /// The command `keyfob-server user set-attribute`.
    struct SetAttribute: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note a fact about a person that programs show, such as a tier."
        )

        @Argument(help: "The name that the person signs in with.")
        var username: String
        @OptionGroup var change: AttributeChange
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.setAccountAttribute(change.name, value: change.value, of: username)
                print(change.sentence(of: username))
            }
        }
    }
}
