import KeyfobCredentials

/// A member of a file whose value makes no sense there.
struct MalformedMember: Error, Equatable {
    var name: String
    var expected: String
}

/// Where in a document the entry of a key is, and in which shape it is written.
struct EntryPlace {
    /// The table; empty is the document itself.
    let path: ArraySlice<String>
    /// The shape that new members are written in, first, and others that are read.
    let shapes: [CredentialLayout.Names]

    /// The value of a member, in the first shape that has it; null counts as not there.
    func value(
        _ member: (CredentialLayout.Names) -> MemberPath?, in entry: DocumentTable
    ) throws(MalformedMember) -> (path: MemberPath, value: DocumentValue)? {
        for shape in shapes {
            guard let path = member(shape), let value = try entry.value(at: path) else { continue }
            return (path, value)
        }
        return nil
    }

    /// Puts a value where the member is, or where it belongs; nil takes it away.
    func set(
        _ member: (CredentialLayout.Names) -> MemberPath?, to value: DocumentValue?, in entry: inout DocumentTable
    ) throws(MalformedMember) {
        guard let value else {
            for path in shapes.compactMap(member) { entry.remove(path) }
            return
        }
        let found = try self.value(member, in: entry)?.path
        guard let path = found ?? shapes.first.flatMap(member) else { return }
        _ = try entry.value(at: path)
        entry[path.slice] = value
    }
}

extension DocumentTable {
    /// The value of a member; null counts as not there.
    ///
    /// - Throws: ``MalformedMember`` for something on the way that is no table.
    func value(at path: MemberPath) throws(MalformedMember) -> DocumentValue? {
        guard let name = path.names.last else { return nil }
        guard let value = try table(at: path.slice.dropLast())?[name], value != .null else { return nil }
        return value
    }

    /// The table at a path; null counts as not there.
    ///
    /// - Throws: ``MalformedMember`` for what stands on the way and is no table, since it must not be replaced.
    func table(at path: ArraySlice<String>) throws(MalformedMember) -> DocumentTable? {
        var table = self
        for name in path {
            guard let value = table[name], value != .null else { return nil }
            guard let inner = value.table else { throw MalformedMember(name: name, expected: "a table") }
            table = inner
        }
        return table
    }

    /// Removes a member, and the tables on the way to it that are empty then.
    mutating func remove(_ path: MemberPath) {
        guard self[path.slice] != nil else { return }
        self[path.slice] = nil
        prune(path.slice.dropLast())
    }

    /// Removes what stands on the way to a member and is no table.
    mutating func clear(_ path: MemberPath) {
        for length in 1..<max(path.names.count, 1) {
            let ancestor = path.slice.prefix(length)
            guard let value = self[ancestor], value.table == nil, value != .null else { continue }
            self[ancestor] = nil
        }
    }
}
