/// Where a member stands inside a table: its name, or the names of the tables on the way and then its own.
///
/// `"token"` is a member of the table itself, whatever characters are in its name; `["auth", "token"]` is a member of
/// the table `auth` in it.
public struct MemberPath: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// The names, outermost first; at least one.
    public let names: [String]

    /// Names a member of the table itself.
    public init(_ name: String) {
        names = [name]
    }

    /// Names a member of the table itself.
    public init(stringLiteral name: String) {
        names = [name]
    }

    /// Names a member and the tables on the way to it.
    public init(arrayLiteral names: String...) {
        precondition(!names.isEmpty, "a member has a name")
        self.names = names
    }

    /// The names as a path of a table.
    var slice: ArraySlice<String> { names[...] }

    /// The names with points between them, for people.
    var shown: String { names.joined(separator: ".") }
}

extension MemberPath {
    /// Names a member by a path that is put together; at least one name.
    init(_ names: some Sequence<String>) {
        self.names = Array(names)
    }
}
