import ArgumentParser

/// A fact to note about a person or an organization, or to remove.
struct AttributeChange: ParsableArguments {
    @Argument(help: "The fact's name, such as tier.")
    var name: String
    @Argument(help: "Its value.")
    var value: String?
    @Flag(help: "Remove the fact.")
    var remove = false

    func validate() throws {
        guard (value == nil) == remove else { throw ValidationError("Give a value, or --remove.") }
    }

    /// What was done, for the operator.
    func sentence(of owner: String) -> String {
        remove ? "Removed \(name) from \(owner)." : "Set \(name) of \(owner)."
    }
}
