public import FoundationEssentials
import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobSignIn
import KeyfobTerminal

/// The short way of `token`: one file is read, and no command tree, HTTP or cryptography is touched.
public enum FastToken {
    /// Prints the token if all is simply right.
    ///
    /// Anything else (other options, an expired token, a file that needs a word) is left to the full command.
    ///
    /// - Parameters:
    ///   - cli: The tool.
    ///   - arguments: The arguments without the program's name; exactly `token`, or `token --issuer X`.
    ///   - environment: The environment variables.
    ///   - now: The time.
    /// - Returns: Whether the token was printed.
    public static func answer<CLI: ProductCLI>(
        _ cli: CLI.Type, _ arguments: [String], environment: [String: String], now: Date
    ) -> Bool {
        guard let token = find(cli, arguments, environment: environment, now: now) else { return false }
        return Terminal.standard(environment: environment).write(token + "\n")
    }

    static func find<CLI: ProductCLI>(
        _ cli: CLI.Type, _ arguments: [String], environment: [String: String], now: Date
    ) -> String? {
        guard arguments.first == "token" else { return nil }
        let key: String?
        switch arguments.count {
        case 1: key = nil
        case 3 where arguments[1] == "--issuer": key = arguments[2]
        default: return nil
        }
        // A profile has to be found out first, and a token that is exchanged is not what requests carry.
        guard cli.product.profiles == nil, !exchanges(cli.product.service) else { return nil }
        if let token = cli.product.environmentToken(environment) { return token }
        guard let place = cli.product.place.resolve(environment) else { return nil }
        return CredentialFile.quickAccessToken(
            path: place.path, format: cli.format, layout: cli.layout, key: key, now: now)?.reveal()
    }

    private static func exchanges(_ service: Service) -> Bool {
        guard case .fixed(let facts) = service else { return false }
        return facts.exchange != nil
    }
}
