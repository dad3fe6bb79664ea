import ArgumentParser

/// The operator's command.
@main
struct KeyfobServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keyfob-server",
        abstract: "The server behind the sign-in of command-line tools.",
        discussion: """
            Start with:
              keyfob-server user add YOUR-NAME
              keyfob-server serve
            Then, in another terminal:
              keyfob login http://127.0.0.1:8080

            All state is in one folder: the database, and root.key, which opens the keys in it. Keep both, and keep \
            them apart in backups.
            """,
        version: "0.1.0",
        subcommands: [
            Serve.self, User.self, OrganizationCommand.self, ProjectCommand.self, TokenCommand.self, ClientCommand.self,
            Migrate.self, SettingsCommand.self,
        ]
    )
}
