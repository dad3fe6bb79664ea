import ArgumentParser
import KeyfobTerminal

extension ProductCLI {
    /// Runs one command line, the same in a process of its own and in a test.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - context: What the command takes from the world.
    /// - Returns: The exit code; see ``ExitStatus``.
    public static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        do {
            if context.watchesSignals {
                try await withInterruption { try await execute(arguments, in: context) }
            } else {
                try await execute(arguments, in: context)
            }
            return ExitStatus.done.rawValue
        } catch {
            return report(error, arguments, in: context)
        }
    }

    private static func execute(_ arguments: [String], in context: CommandContext) async throws {
        try refuseUnknownCommand(arguments)
        var command = try RootCommand<Self>.parseAsRoot(arguments)
        try await CommandContext.$current.withValue(context) {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        }
    }

    private static func refuseUnknownCommand(_ arguments: [String]) throws(Failure) {
        let names = commands.compactMap { $0.configuration.commandName } + ["help"]
        guard let first = arguments.first, !first.hasPrefix("-"), !names.contains(first) else { return }
        let suggestion = Suggestion.closest(to: first, among: names).map { "did you mean '\($0)'? " } ?? ""
        throw Failure(
            "usage", "there is no command '\(first)'",
            hint: "\(suggestion)run '\(product.commandPath) --help' for the list", exit: .usage)
    }

    private static func report(_ error: any Error, _ arguments: [String], in context: CommandContext) -> Int32 {
        // A request for help or the version is an error to ArgumentParser, and none to us.
        if isParsing(error), RootCommand<Self>.exitCode(for: error) == .success {
            context.terminal.write(RootCommand<Self>.fullMessage(for: error) + "\n")
            return ExitStatus.done.rawValue
        }
        let failure = isParsing(error) ? usage(error, arguments) : Failure(error, of: product)
        if arguments.prefix(while: { $0 != "--" }).contains("--json") {
            context.terminal.writeError(JSONReport.error(failure).text)
        } else {
            Screen(terminal: context.terminal, wording: product.wording, stream: .output).report(failure)
        }
        return failure.exit
    }

    private static func isParsing(_ error: any Error) -> Bool {
        if error is ValidationError || error is CleanExit || error is ExitCode { return true }
        // The parser's own type is not public: everything of ours has a type of ours.
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    private static func usage(_ error: any Error, _ arguments: [String]) -> Failure {
        let names = commands.compactMap { $0.configuration.commandName }
        let verb = arguments.first.flatMap { names.contains($0) ? " \($0)" : nil } ?? ""
        var message = RootCommand<Self>.message(for: error)
        if message.hasSuffix(".") { message.removeLast() }
        return Failure(
            "usage", message.uncapitalizedFirst, hint: "run '\(product.commandPath)\(verb) --help'", exit: .usage)
    }
}
