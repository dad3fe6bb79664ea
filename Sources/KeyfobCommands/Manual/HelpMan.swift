import ArgumentParser

/// `help-man`: prints the tool's manual page, for who packages it.
struct HelpMan<CLI: ProductCLI>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "help-man", abstract: "Print the manual page, for man(1).", shouldDisplay: false)
    }

    @OptionGroup var options: CLI.Options

    func run() async throws {
        try CommandContext.required().answer(ManualPage.of(CLI.self))
    }
}
