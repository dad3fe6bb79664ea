/// One step of the schema's history; once released it never changes.
package struct Migration: Sendable {
    /// The name that the database remembers, such as `0001-accounts`; names sort in the order of the steps.
    package let id: String
    /// The statements to run, in order, portable between the databases: `TEXT` and `BIGINT` only.
    package let statements: [StaticString]

    /// Creates a step from its name and its statements.
    package init(id: String, statements: [StaticString]) {
        self.id = id
        self.statements = statements
    }
}
