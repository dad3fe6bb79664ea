import ArgumentParser
import KeyfobSignIn

/// A tool's manual page, made of its commands and its facts.
enum ManualPage {
    /// Writes the page.
    ///
    /// - Parameter cli: The tool.
    /// - Returns: The page in the language of man(7); the same each time.
    /// - Throws: `DecodingError` if the parser describes its commands in a way that we do not know.
    static func of<CLI: ProductCLI>(_ cli: CLI.Type) throws -> String {
        let tool = try CommandDescription.of(RootCommand<CLI>.self)
        let product = CLI.product
        var page = Roff(title: product.name, source: "\(product.name) \(Version.current)")
        page.section("NAME")
        page.line([.plain("\(product.name) - \(withoutPeriod(CLI.abstract).uncapitalizedFirst)")])
        page.section("SYNOPSIS")
        page.line([.bold(product.name), .plain(" ["), .italic("option"), .plain(" ...] "), .italic("command")])
        page.section("DESCRIPTION")
        page.paragraph(CLI.abstract)
        if !CLI.discussion.isEmpty { page.paragraph(CLI.discussion) }
        page.section("OPTIONS")
        for argument in tool.shownArguments { add(argument, to: &page) }
        page.section("COMMANDS")
        for command in tool.shownSubcommands {
            add(command, below: [product.name], besides: names(tool.shownArguments), to: &page)
        }
        addFacts(product, to: &page)
        return page.text
    }

    // A group is known by its commands. What every command has is told once, at the top.
    private static func add(
        _ command: CommandDescription, below path: [String], besides known: Set<String>, to page: inout Roff
    ) {
        let path = path + [command.commandName]
        let arguments = command.shownArguments.filter { names([$0]).isDisjoint(with: known) }
        if command.shownSubcommands.isEmpty || !arguments.isEmpty {
            page.part(path.joined(separator: " "))
            page.line(synopsis(path, arguments))
            if let abstract = command.abstract { page.paragraph(abstract) }
            if let discussion = command.discussion, !discussion.isEmpty { page.paragraph(discussion) }
            for argument in arguments { add(argument, to: &page) }
        }
        for command in command.shownSubcommands { add(command, below: path, besides: known, to: &page) }
    }

    private static func synopsis(_ path: [String], _ arguments: [CommandDescription.Argument]) -> [Roff.Word] {
        var words: [Roff.Word] = [.bold(path.joined(separator: " "))]
        for argument in arguments {
            words.append(.plain(argument.isOptional ? " [" : " "))
            switch argument.kind {
            case .positional: words.append(value(of: argument))
            case .flag: words.append(.bold(argument.preferredName?.typed ?? ""))
            case .option:
                words += [.bold(argument.preferredName?.typed ?? ""), .plain(" "), value(of: argument)]
            }
            words.append(.plain((argument.isRepeating ? " ..." : "") + (argument.isOptional ? "]" : "")))
        }
        return words
    }

    private static func add(_ argument: CommandDescription.Argument, to page: inout Roff) {
        var words: [Roff.Word] = []
        for name in argument.names ?? [] {
            if !words.isEmpty { words.append(.plain(", ")) }
            words.append(.bold(name.typed))
        }
        if argument.kind == .option { words.append(.plain(" ")) }
        if argument.kind != .flag { words.append(value(of: argument)) }
        let texts = [argument.abstract, argument.discussion, argument.defaultValue.map { "Default: \($0)." }]
        page.entry(words, texts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " "))
    }

    private static func addFacts(_ product: Product, to page: inout Roff) {
        page.section("ENVIRONMENT")
        for (name, meaning) in variables(of: product) { page.entry([.bold(name)], meaning) }
        page.section("FILES")
        page.entry([.italic(product.place.shown)], "The credentials, readable by their owner alone.")
        page.section("EXIT STATUS")
        for status in ExitStatus.allCases { page.entry([.bold("\(status.rawValue)")], meaning(of: status)) }
    }

    private static func variables(of product: Product) -> [(String, String)] {
        let variables = product.variables
        let all: [(String?, String)] = [
            (variables.token, "A token that wins over the stored one, and is never stored or deleted."),
            (variables.clientSecret, "The client secret."),
            (variables.baseURL, "The address of the service."),
            (variables.pageURL, "The address of the service's pages."),
            (variables.profile, "The profile to use."),
            (variables.project, "The project to work in."),
            (variables.organization, "The organization to work for."),
            (product.place.folderVariable, "The folder of the credential file, as an absolute path."),
            (product.place.fileVariable, "The credential file."),
            ("BROWSER", "The program that opens pages."),
            ("NO_COLOR", "Set to anything, it turns colours off."),
        ]
        return all.compactMap { name, meaning in name.map { ($0, meaning) } }
    }

    private static func meaning(of status: ExitStatus) -> String {
        switch status {
        case .done: "Done."
        case .failed: "Failed, timed out, or the request expired."
        case .usage: "Wrong usage."
        case .notSignedIn: "Not signed in, or the token expired or was revoked."
        case .denied: "Denied."
        case .unreachable: "The server or the network is unreachable."
        case .interrupted: "Interrupted."
        }
    }

    private static func value(of argument: CommandDescription.Argument) -> Roff.Word {
        .italic(argument.valueName ?? "value")
    }

    private static func names(_ arguments: [CommandDescription.Argument]) -> Set<String> {
        Set(arguments.flatMap { $0.names ?? [] }.map { $0.typed })
    }

    private static func withoutPeriod(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

extension CredentialPlace {
    /// The path as people know it, before any variable changes it.
    fileprivate var shown: String {
        switch base {
        case .xdgConfig, .dotConfig: "~/.config/\(folder)/\(file)"
        case .home: "~/\(folder)/\(file)"
        }
    }
}
