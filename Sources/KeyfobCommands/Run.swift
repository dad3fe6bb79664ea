import ArgumentParser
import KeyfobSignIn
import KeyfobTerminal

extension ProductCLI {
    /// Runs one command line, the same in a process of its own and in a test.
    ///
    /// - Parameters:
    ///   - arguments: The arguments without the program's name.
    ///   - context: What the command takes from the world.
    /// - Returns: The exit code; see ``ExitStatus``.
    public static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        var (arguments, context) = (arguments, context)
        adapt(&arguments, &context)
        return await runAdapted(arguments, in: context)
    }

    private static func runAdapted(_ arguments: [String], in context: CommandContext) async -> Int32 {
        let route = CommandTree(root: RootCommand<Self>.self).route(arguments)
        do {
            if context.watchesSignals {
                try await withInterruption { try await execute(arguments, route, in: context) }
            } else {
                try await execute(arguments, route, in: context)
            }
            return ExitStatus.done.rawValue
        } catch {
            return report(error, arguments, route, in: context)
        }
    }

    private static func execute(
        _ arguments: [String], _ route: CommandTree.Route, in context: CommandContext
    ) async throws {
        try await CommandContext.$current.withValue(context) {
            if let stray = route.stray { return try await answer(stray, route) }
            var command = try RootCommand<Self>.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        }
    }

    private static func report(
        _ error: any Error, _ arguments: [String], _ route: CommandTree.Route, in context: CommandContext
    ) -> Int32 {
        // A request for help or the version is an error to ArgumentParser, and none to us.
        if isParsing(error), RootCommand<Self>.exitCode(for: error) == .success {
            context.terminal.write(RootCommand<Self>.fullMessage(for: error) + "\n")
            return ExitStatus.done.rawValue
        }
        let verb = route.path.last ?? ""
        let failure = isParsing(error) ? usage(error, route) : Failure(error, of: product, during: verb)
        let screen = Screen(terminal: context.terminal, wording: product.wording, stream: .error)
        if Options.asksForJSON(Array(arguments.prefix { $0 != "--" })) {
            context.terminal.writeError(JSONReport.error(failure).text)
        } else if failure.code == "interrupted", let lines = interruption(verb) {
            screen.show(lines)
        } else {
            screen.report(failure)
        }
        return failure.exit
    }

    private static func interruption(_ verb: String) -> [Wording.Line]? {
        product.wording.interruptions[verb] ?? product.wording.interruptions[""]
    }

    private static func isParsing(_ error: any Error) -> Bool {
        if error is ValidationError || error is CleanExit || error is ExitCode { return true }
        // The parser's own type is not public: everything of ours has a type of ours.
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    private static func usage(_ error: any Error, _ route: CommandTree.Route) -> Failure {
        var message = RootCommand<Self>.message(for: error)
        if message.hasSuffix(".") { message.removeLast() }
        let path = ([product.name] + route.path).joined(separator: " ")
        return Failure("usage", message.uncapitalizedFirst, hint: "run '\(path) --help'", exit: .usage)
    }
}
