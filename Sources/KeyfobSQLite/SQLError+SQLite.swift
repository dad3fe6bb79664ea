import GRDB
import KeyfobSQL

extension SQLError {
    /// Translates SQLite's result codes; an `SQLError` stays what it is.
    init(sqlite error: any Error) {
        if let error = error as? SQLError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.other, "the database failed", underlying: error)
            return
        }
        let detail = error.message ?? "result code \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "the database is busy; try again in a moment", underlying: error)
        case .SQLITE_FULL:
            self.init(.full, "the disk is full and nothing was written; free some space", underlying: error)
        case .SQLITE_READONLY:
            self.init(.readOnly, "the database cannot be written (\(detail))", underlying: error)
        case .SQLITE_CORRUPT:
            self.init(.corrupt, "the database is damaged (\(detail)); restore it from a backup", underlying: error)
        case .SQLITE_NOTADB:
            self.init(.notADatabase, "the file is not a database", underlying: error)
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.cannotOpen, "the database cannot be opened (\(detail))", underlying: error)
        case .SQLITE_CONSTRAINT:
            self.init(.constraint, detail, underlying: error)
        default:
            self.init(.other, "the database failed: \(detail)", underlying: error)
        }
    }
}
