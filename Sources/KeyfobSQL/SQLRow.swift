/// One row of a result, read by column name.
package struct SQLRow: Sendable, Hashable {
    private let columns: [String]
    private let values: [SQLValue]

    /// Creates a row; drivers call this with as many values as columns.
    package init(columns: [String], values: [SQLValue]) {
        precondition(columns.count == values.count, "a row has one value per column")
        self.columns = columns
        self.values = values
    }

    /// The text in a column.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing, `NULL` or not a text.
    package func text(_ column: String) throws(SQLError) -> String {
        guard let text = try optionalText(column) else { throw mismatch(column, "a text") }
        return text
    }

    /// The text in a column, nil for `NULL`.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing or not a text.
    package func optionalText(_ column: String) throws(SQLError) -> String? {
        switch try value(column) {
        case .null: return nil
        case .text(let text): return text
        default: throw mismatch(column, "a text")
        }
    }

    /// The integer in a column.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing, `NULL` or not an integer.
    package func integer(_ column: String) throws(SQLError) -> Int64 {
        guard let integer = try optionalInteger(column) else { throw mismatch(column, "an integer") }
        return integer
    }

    /// The integer in a column, nil for `NULL`.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing or not an integer.
    package func optionalInteger(_ column: String) throws(SQLError) -> Int64? {
        switch try value(column) {
        case .null: return nil
        case .integer(let integer): return integer
        default: throw mismatch(column, "an integer")
        }
    }

    /// The bytes in a column.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing, `NULL` or not a string of bytes.
    package func bytes(_ column: String) throws(SQLError) -> [UInt8] {
        guard case .bytes(let bytes) = try value(column) else { throw mismatch(column, "a string of bytes") }
        return bytes
    }

    /// The truth value in a column that holds 0 or 1.
    ///
    /// - Throws: `SQLError` with `.decoding` when the column is missing or holds anything but 0 and 1.
    package func flag(_ column: String) throws(SQLError) -> Bool {
        switch try value(column) {
        case .integer(0): return false
        case .integer(1): return true
        default: throw mismatch(column, "0 or 1")
        }
    }

    private func value(_ column: String) throws(SQLError) -> SQLValue {
        guard let index = columns.firstIndex(of: column) else {
            let known = columns.joined(separator: ", ")
            throw SQLError(.decoding, "the result has no column \(column), only \(known)")
        }
        return values[index]
    }

    /// Names the column and never its contents, which may be private.
    private func mismatch(_ column: String, _ expected: String) -> SQLError {
        SQLError(.decoding, "the column \(column) does not hold \(expected)")
    }
}
