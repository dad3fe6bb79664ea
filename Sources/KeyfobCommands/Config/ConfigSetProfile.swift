public import ArgumentParser
import KeyfobCredentialFiles
import KeyfobSignIn

/// `config set-profile NAME`: makes a profile the active one.
public struct ConfigSetProfile<CLI: ProductCLI>: AsyncParsableCommand {
    /// The command's name and help.
    public static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "set-profile", abstract: "Choose the profile that is used from now on.")
    }

    @Argument(help: "The profile.")
    var name: String

    @OptionGroup var options: CLI.Options

    /// Makes the command for its parser.
    public init() {}

    /// Does it.
    public func run() async throws {
        let session = try Session(CLI.self, options.wishes)
        guard Product.Profiles.isName(name) else {
            throw SignInError(
                .invalidProfile, "that is not the name of a profile",
                hint: "names are letters, digits, dots, hyphens and underscores, at most 64")
        }
        try session.file.setCurrent(name)
        session.screen.say("Active profile: \(name)")
        guard try !session.file.entries().contains(name) else { return }
        session.screen.warn("nothing is stored for \(name) yet; sign in with '\(session.product.signInCommand)'")
    }
}
