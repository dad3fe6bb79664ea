import ArgumentParser
import KeyfobDialects
import KeyfobWeb

/// The command `keyfob-server settings`.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "The settings file.", subcommands: [Example.self, Check.self]
    )

    /// The command `keyfob-server settings example`.
    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a settings file with everything that can be set.",
            discussion: "Everything in it is a comment: take out the # where you want something else."
        )

        func run() {
            print(SettingsExample.text(Dialects.all), terminator: "")
        }
    }

    /// The command `keyfob-server settings check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what the server would run with, or what is wrong with its settings."
        )

        @OptionGroup var serve: ServeOptions

        func run() async throws {
            try await Failure.reporting {
                let run = try serve.resolve()
                print("Listen: \(run.address.text)")
                print("Issuer: \(run.issuer)")
                print("Data: \(run.data)")
                for dialect in run.dialects {
                    print("Dialect: \(dialect.name)")
                    for role in dialect.hosts {
                        print("  \(role.name): \(dialect.origins[role.name]?.text ?? run.issuer)")
                    }
                }
            }
        }
    }
}
