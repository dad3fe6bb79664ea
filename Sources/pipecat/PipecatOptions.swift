import KeyfobCommands

/// What every command of the tool takes.
struct PipecatOptions: ProductOptions {
    /// How answers are written.
    enum Output: String, ExpressibleByArgument, CaseIterable {
        case rich, plain, json
    }

    @Flag(help: "Print JSON on standard output, and errors as JSON on standard error.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "How to answer: rich, plain, or json.",
            discussion: "rich and plain say the same; colours depend on the terminal. PIPECAT_OUTPUT sets it, too."))
    var output: Output?

    func validate() throws {
        let value = Self.variable
        guard output != nil || json || value.isEmpty || Output(rawValue: value) != nil else {
            let modes = Output.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("PIPECAT_OUTPUT is '\(value)', which is no output mode: it is one of \(modes)")
        }
    }

    var wishes: Wishes {
        Wishes(json: json || (output ?? Output(rawValue: Self.variable)) == .json)
    }

    static func asksForJSON(_ arguments: [String]) -> Bool {
        if arguments.contains("--json") || arguments.contains("--output=json") { return true }
        guard let place = arguments.firstIndex(of: "--output") else { return variable == Output.json.rawValue }
        return arguments[place...].dropFirst().first == Output.json.rawValue
    }

    private static var variable: String { Main.environment["PIPECAT_OUTPUT"] ?? "" }
}
