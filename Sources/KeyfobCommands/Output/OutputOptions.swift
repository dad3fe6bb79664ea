import ArgumentParser

/// Options that every command has.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON on standard output, and errors as JSON on standard error.")
    var json = false
}

/// Which issuer a command is about.
struct IssuerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The sign-in server to use, if not the current one.",
            discussion: "The current one is that of the latest login.", valueName: "issuer"))
    var issuer: String?
}
