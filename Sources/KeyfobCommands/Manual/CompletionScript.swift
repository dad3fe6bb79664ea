import ArgumentParser

/// `completion`: prints what a shell needs to complete a tool's command lines.
struct CompletionScript<CLI: ProductCLI>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "completion", abstract: "Print a completion script for a shell.",
            discussion: """
                Where the script goes:
                  bash  \(CLI.product.name) completion bash > ~/.local/share/bash-completion/completions/\
                \(CLI.product.name)
                  zsh   \(CLI.product.name) completion zsh > FOLDER/_\(CLI.product.name), for a FOLDER in $fpath
                  fish  \(CLI.product.name) completion fish > ~/.config/fish/completions/\(CLI.product.name).fish
                """)
    }

    /// The shells that a script can be made for.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash
        case zsh
        case fish
    }

    @Argument(help: "The shell: bash, zsh or fish.")
    var shell: Shell

    @OptionGroup var options: CLI.Options

    func run() async throws {
        let script = RootCommand<CLI>.completionScript(for: completionShell)
        try CommandContext.required().answer(script.hasSuffix("\n") ? script : script + "\n")
    }

    private var completionShell: CompletionShell {
        switch shell {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}

extension CommandContext {
    /// Writes an answer that needs no session, and so no home folder.
    ///
    /// - Throws: ``Failure`` when it reached nobody.
    func answer(_ text: String) throws(Failure) {
        guard terminal.write(text) else {
            throw Failure(
                "output", "the answer could not be written to standard output",
                hint: "whoever reads it has ended, or the disk is full", exit: .failed)
        }
    }
}
