import KeyfobCommands

/// The global flags, before or after any command.
struct CldkctlOptions: ProductOptions {
    private static let mostRetries = 10

    @Option(
        name: [.customShort("U"), .customLong("base-url")],
        help: ArgumentHelp(
            "The address of the API, instead of \(Cldkctl.standardAddress); cldkctl auth remembers it.",
            valueName: "url"))
    var baseURL: String?

    @Option(
        name: [.customShort("O"), .customLong("organization")],
        help: ArgumentHelp("The organization to work for, instead of your first one.", valueName: "organization"))
    var organization: String?

    @Option(
        name: [.customShort("P"), .customLong("default-project")],
        help: ArgumentHelp("The project to work in.", valueName: "project"))
    var project: String?

    @Option(
        name: [.customShort("N"), .customLong("default-namespace")],
        help: ArgumentHelp("The namespace; for programs that add commands.", valueName: "namespace"))
    var namespace: String?

    @Option(
        name: [.customShort("R"), .customLong("default-registry")],
        help: ArgumentHelp("The registry; for programs that add commands.", valueName: "registry"))
    var registry: String?

    @Option(help: ArgumentHelp("The editor; for programs that add commands.", valueName: "program"))
    var editor: String?

    @Option(help: ArgumentHelp("How often to try again while the service can't answer.", valueName: "count"))
    var maxRetries = 3

    @Flag(help: "Print JSON on standard output, and errors as JSON on standard error.")
    var json = false

    func validate() throws {
        guard (0...Self.mostRetries).contains(maxRetries) else {
            throw ValidationError("--max-retries takes a number from 0 to \(Self.mostRetries)")
        }
    }

    var wishes: Wishes {
        Wishes(json: json, baseURL: baseURL, project: project, organization: organization, retries: maxRetries)
    }

    var passedOn: [String] {
        let given = [
            ("--default-namespace", namespace), ("--default-registry", registry), ("--editor", editor),
        ]
        return given.flatMap { name, value in value.map { [name, $0] } ?? [] }
    }
}
