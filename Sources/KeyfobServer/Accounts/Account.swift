package import FoundationEssentials
import KeyfobSQL

/// A person who can sign in.
package struct Account: Sendable, Hashable {
    /// Whether the account may be used.
    package enum State: String, Sendable {
        /// It may.
        case active
        /// The operator said no; nothing is issued or accepted for it.
        case disabled
    }

    /// The identifier, `acc_` and twelve digits; it is the `sub` of tokens and never changes.
    package let id: String
    /// The name to sign in with, in lower case.
    package let username: String
    /// The e-mail address.
    package let email: String?
    /// The full name.
    package let name: String?
    /// Whether the account may be used.
    package let state: State
    /// When it was made.
    package let createdAt: Date

    /// What to call the person on a page: the e-mail address, else the name to sign in with.
    package var label: String { email ?? username }

    init(_ row: SQLRow) throws {
        id = try row.text("id")
        username = try row.text("username")
        email = try row.optionalText("email")
        name = try row.optionalText("name")
        state = try row.state("state", of: State.self)
        createdAt = try row.date("created_at")
    }

    static func find(_ id: String, _ connection: any SQLConnection) throws -> Account? {
        try connection.first(
            "SELECT id, username, email, name, state, created_at FROM accounts WHERE id = $1", [.text(id)]
        ).map(Account.init)
    }
}
