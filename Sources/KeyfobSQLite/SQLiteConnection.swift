import Foundation
import GRDB
import KeyfobSQL

/// One body's view of a connection; it lives as long as the body.
final class SQLiteConnection: SQLConnection {
    private let database: Database
    private let texts: StatementTexts
    /// The first statement's failure, after which nothing runs any more: SQLite may have rolled back the transaction,
    /// and then further statements would commit one by one.
    private(set) var failure: SQLError?

    init(_ database: Database, texts: StatementTexts) {
        self.database = database
        self.texts = texts
    }

    func execute(_ sql: StaticString, _ values: [SQLValue]) throws -> [SQLRow] {
        if let failure { throw failure }
        // SQLite would end the text there: "ada" and "ada\0x" would be the same person.
        for case .text(let text) in values where text.utf8.contains(0) {
            throw SQLError(.unusableText, "a text with a NUL can't be kept or looked for")
        }
        do {
            let statement = try database.cachedStatement(sql: try texts.text(of: sql))
            return try rows(of: statement, values)
        } catch {
            let failure = SQLError(sqlite: error)
            self.failure = failure
            throw failure
        }
    }

    private func rows(of statement: Statement, _ values: [SQLValue]) throws -> [SQLRow] {
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.databaseValue)))
        var rows: [SQLRow] = []
        while let row = try cursor.next() {
            let values = try row.databaseValues.map { try SQLValue($0) }
            rows.append(SQLRow(columns: statement.columnNames, values: values))
        }
        return rows
    }
}

extension SQLValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    fileprivate init(_ value: DatabaseValue) throws(SQLError) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(Array(data))
        case .double: throw SQLError(.decoding, "a result holds a fractional number, which no table does")
        }
    }
}
