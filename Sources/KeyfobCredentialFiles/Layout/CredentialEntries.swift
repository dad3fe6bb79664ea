import KeyfobCredentials

extension CredentialLayout {
    /// The keys under which the document holds a table, whatever is in it.
    func keys(in document: DocumentTable) throws(MalformedMember) -> [String] {
        switch container {
        case .one(let name, let path):
            return try document.table(at: path[...]) == nil ? [] : [name]
        case .many(let path):
            return try document.table(at: path[...])?.uniqueNames ?? []
        case .profiles(let profiles):
            let named = try document.table(at: profiles.path[...])?.uniqueNames ?? []
            let isRootThere = profiles.rootNames.all.contains { document[$0.slice] != nil }
            return isRootThere && !named.contains(profiles.rootKey) ? [profiles.rootKey] + named : named
        }
    }

    /// The credential under a key whose tokens are in the file.
    func credential(for key: String, in document: DocumentTable) throws(MalformedMember) -> Credential? {
        guard let (place, entry) = try entry(of: key, in: document) else { return nil }
        guard let tokens = try tokens(in: entry, at: place) else { return nil }
        return try credential(of: tokens, in: entry, at: place)
    }

    /// The credential under a key whose tokens are elsewhere.
    func credential(
        for key: String, of tokens: CredentialTokens, in document: DocumentTable
    ) throws(MalformedMember) -> Credential? {
        guard let (place, entry) = try entry(of: key, in: document) else { return nil }
        return try credential(of: tokens, in: entry, at: place)
    }

    /// Whether the file says that the tokens of a key are elsewhere.
    func isApart(_ key: String, in document: DocumentTable) throws(MalformedMember) -> Bool {
        guard let (place, entry) = try entry(of: key, in: document) else { return false }
        return isApart(entry, at: place)
    }

    /// Puts a credential under a key that the layout has room for.
    func put(
        _ credential: Credential, for key: String, apart: Bool, into document: inout DocumentTable
    ) throws(MalformedMember) {
        guard let place = place(of: key, in: document) else { return }
        var entry = try document.table(at: place.path) ?? DocumentTable()
        // What makes no sense is set aside by whoever decides that, and never replaced by the way.
        if let tokens = try tokens(in: entry, at: place) {
            _ = try self.credential(of: tokens, in: entry, at: place)
        }
        try put(credential, apart: apart, into: &entry, at: place)
        document.set(entry, at: place.path)
    }

    /// Removes the credential under a key, the pointer to it, and the tables that are empty then.
    ///
    /// The settings of a profile stay.
    func remove(_ key: String, from document: inout DocumentTable) {
        guard let place = place(of: key, in: document) else { return }
        if case .many = container {
            document[place.path] = nil
        } else if var entry = document[place.path]?.table {
            for path in place.shapes.flatMap(\.members) { entry.remove(path) }
            if absentIsNull { entry[names.accessToken.slice] = .null }
            document.set(entry, at: place.path)
        }
        document.prune(place.path)
        dropPointer(to: key, unlessThere: place, in: &document)
    }

    /// Removes all that belongs to a key.
    func removeEntry(_ key: String, from document: inout DocumentTable) {
        guard let place = place(of: key, in: document) else { return }
        if place.path.isEmpty {
            for path in place.shapes.flatMap(\.all) { document.remove(path) }
        } else {
            document[place.path] = nil
            document.prune(place.path.dropLast())
        }
        if let current, document[current.slice]?.text?.hasSameBytes(as: key) == true { document.remove(current) }
    }

    /// Where the entry of a key is; nil when the layout has no room for the key.
    func place(of key: String, in document: DocumentTable) -> EntryPlace? {
        switch container {
        case .one(let name, let path):
            return key.hasSameBytes(as: name) ? EntryPlace(path: path[...], shapes: [names]) : nil
        case .many(let path):
            return EntryPlace(path: (path + [key])[...], shapes: [names])
        case .profiles(let profiles):
            let path = (profiles.path + [key])[...]
            let value = document[path] ?? .null
            if value == .null, key.hasSameBytes(as: profiles.rootKey) {
                return EntryPlace(path: [], shapes: [profiles.rootNames])
            }
            return EntryPlace(path: path, shapes: shapes(of: value.table, among: [names] + profiles.otherShapes))
        }
    }

    /// The place and the table of a key's entry; nil when there is none.
    func entry(
        of key: String, in document: DocumentTable
    ) throws(MalformedMember) -> (place: EntryPlace, entry: DocumentTable)? {
        guard let place = place(of: key, in: document) else { return nil }
        guard let entry = try document.table(at: place.path) else { return nil }
        return (place, entry)
    }

    // The shape that holds the token comes first, else the one that holds anything, else the one that we write.
    private func shapes(of entry: DocumentTable?, among all: [Names]) -> [Names] {
        guard let entry else { return all }
        let first =
            all.firstIndex { entry[$0.accessToken.slice] != nil }
            ?? all.firstIndex { shape in shape.all.contains { entry[$0.slice] != nil } } ?? 0
        return [all[first]] + all[..<first] + all[(first + 1)...]
    }

    private func dropPointer(to key: String, unlessThere place: EntryPlace, in document: inout DocumentTable) {
        guard let current, document[current.slice]?.text?.hasSameBytes(as: key) == true else { return }
        if case .profiles = container, document[place.path] != nil { return }
        document.remove(current)
    }
}

extension CredentialLayout.Names {
    /// The members of an entry, its settings included.
    var all: [MemberPath] { members + settings.values }
}

extension DocumentTable {
    /// The names, each once.
    var uniqueNames: [String] {
        var names: [String] = []
        for member in members where !names.contains(where: { $0.hasSameBytes(as: member.name) }) {
            names.append(member.name)
        }
        return names
    }

    /// Puts a table in its place; at the empty path it is all there is.
    mutating func set(_ entry: DocumentTable, at path: ArraySlice<String>) {
        if path.isEmpty { self = entry } else { self[path] = .table(entry) }
    }
}
