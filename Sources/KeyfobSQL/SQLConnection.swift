/// A connection to the database, valid only inside the body that it was given to.
///
/// After a statement failed, the connection repeats that failure for every further statement of the body: whoever
/// expects a conflict writes `ON CONFLICT`. That is PostgreSQL's rule, kept on every database.
package protocol SQLConnection {
    /// Runs one statement and returns its rows, those of `RETURNING` included.
    ///
    /// - Parameters:
    ///   - sql: One statement with the parameters `$1`, `$2` and so on. It is a literal by its type, so that a value
    ///     can never become part of the text. It names the columns it wants (no `SELECT *`) and does not begin or end
    ///     transactions.
    ///   - values: The parameters' values, `$1` first.
    /// - Returns: The rows, none for a statement without a result.
    /// - Throws: `SQLError`.
    @discardableResult
    func execute(_ sql: StaticString, _ values: [SQLValue]) throws -> [SQLRow]
}

extension SQLConnection {
    /// Runs one statement without parameters and returns its rows.
    ///
    /// - Throws: `SQLError`.
    @discardableResult
    package func execute(_ sql: StaticString) throws -> [SQLRow] {
        try execute(sql, [])
    }

    /// Runs one statement and returns its first row, nil when it has none.
    ///
    /// - Throws: `SQLError`.
    package func first(_ sql: StaticString, _ values: [SQLValue] = []) throws -> SQLRow? {
        try execute(sql, values).first
    }
}
