import KeyfobCredentials

/// The members of a table, in the order of the text.
public struct DocumentTable: Sendable, Equatable {
    /// A name and its value.
    public struct Member: Sendable, Equatable {
        /// The name; compared byte by byte.
        public var name: String
        /// The value.
        public var value: DocumentValue

        /// Makes a member.
        public init(_ name: String, _ value: DocumentValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members; a JSON text may repeat a name, and then the last one counts (RFC 8259, section 4).
    public private(set) var members: [Member]

    /// Makes a table of its members.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a name.
    ///
    /// A new value takes the place of the old one, a new name comes last, and nil removes the name.
    public subscript(name: String) -> DocumentValue? {
        get { members.last { $0.name.hasSameBytes(as: name) }?.value }
        set {
            guard let newValue else { return members.removeAll { $0.name.hasSameBytes(as: name) } }
            if let index = members.lastIndex(where: { $0.name.hasSameBytes(as: name) }) {
                members[index].value = newValue
            } else {
                members.append(Member(name, newValue))
            }
        }
    }

    /// The value at the end of a path of names.
    ///
    /// Setting makes the tables on the way, and replaces what is no table there: look first. Setting nil removes the
    /// last name only.
    public subscript(path: ArraySlice<String>) -> DocumentValue? {
        get {
            guard let first = path.first else { return .table(self) }
            return path.count == 1 ? self[first] : self[first]?.table?[path.dropFirst()]
        }
        set {
            guard let first = path.first else { return }
            if path.count == 1 {
                self[first] = newValue
            } else if var inner = self[first]?.table ?? (newValue == nil ? nil : DocumentTable()) {
                inner[path.dropFirst()] = newValue
                self[first] = .table(inner)
            }
        }
    }

    /// Removes the tables on a path that hold nothing, the innermost first.
    mutating func prune(_ path: ArraySlice<String>) {
        for length in stride(from: path.count, to: 0, by: -1) {
            let ancestor = path.prefix(length)
            guard self[ancestor]?.table?.isEmpty == true else { continue }
            self[ancestor] = nil
        }
    }

    /// Says whether two tables mean the same, in whatever order.
    func means(_ other: DocumentTable) -> Bool {
        members.count == other.members.count
            && members.allSatisfy { member in other[member.name].map { $0.means(member.value) } ?? false }
    }
}
