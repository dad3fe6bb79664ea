/// What went wrong in or on the way to the database.
package struct SQLError: Error, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    package enum Code: Sendable, Hashable {
        /// Others hold the database, or too many writes wait; the same request may succeed later.
        case busy
        /// The disk is full; nothing was changed.
        case full
        /// A write was tried where only reading is possible.
        case readOnly
        /// The database's contents are damaged.
        case corrupt
        /// The file at the path is something else than a database.
        case notADatabase
        /// The database is not reachable: no such folder, no permission.
        case cannotOpen
        /// A statement violated a `UNIQUE`, `NOT NULL`, `CHECK` or `FOREIGN KEY` constraint.
        case constraint
        /// A text has a NUL in it, which no database keeps as it is.
        case unusableText
        /// A row does not have the asked column, or not with the asked type.
        case decoding
        /// The database was closed by this process.
        case closed
        /// Anything else.
        case other
    }

    /// The kind of failure.
    package let code: Code
    /// What happened and, where the reader can do something, what to do next: lower case, no final period.
    package let message: String
    /// The driver's own error, for the log.
    package let underlying: (any Error)?

    /// Creates an error; `underlying` is nil by default.
    package init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The message alone.
    package var description: String {
        message
    }
}
