import KeyfobCredentials

/// The members of a JSON object, in the order of the text.
public struct JSONObject: Sendable, Equatable {
    /// A name and its value.
    public struct Member: Sendable, Equatable {
        /// The name; compared byte by byte.
        public var name: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members; a text may repeat a name, and then the last one counts (RFC 8259, section 4).
    public private(set) var members: [Member]

    /// Makes an object of its members.
    public init(_ members: [Member] = []) {
        self.members = members
    }

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }

    /// The value of a name.
    ///
    /// A new value takes the place of the old one, a new name comes last, and nil removes the name.
    public subscript(name: String) -> JSONValue? {
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
    /// Setting makes the objects on the way, and replaces what is no object there: look first. Setting nil removes the
    /// last name only.
    public subscript(path: ArraySlice<String>) -> JSONValue? {
        get {
            guard let first = path.first else { return .object(self) }
            return path.count == 1 ? self[first] : self[first]?.object?[path.dropFirst()]
        }
        set {
            guard let first = path.first else { return }
            if path.count == 1 {
                self[first] = newValue
            } else if var inner = self[first]?.object ?? (newValue == nil ? nil : JSONObject()) {
                inner[path.dropFirst()] = newValue
                self[first] = .object(inner)
            }
        }
    }
}
