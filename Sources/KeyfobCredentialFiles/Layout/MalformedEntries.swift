extension CredentialLayout {
    /// Removes each credential that makes no sense, and says whether there was one.
    func removeMalformed(from document: inout DocumentTable) -> Bool {
        var found = false
        for length in 1..<(containerPath.count + 1) {
            let ancestor = containerPath.prefix(length)
            guard let value = document[ancestor], value.table == nil, value != .null else { continue }
            document[ancestor] = nil
            found = true
        }
        for key in (try? keys(in: document)) ?? [] {
            do throws(MalformedMember) {
                _ = try credential(for: key, in: document)
            } catch {
                removeMalformed(key, from: &document)
                found = true
            }
        }
        return found
    }

    // What stands in the way of the members goes, too: else the file would make no sense for ever.
    private func removeMalformed(_ key: String, from document: inout DocumentTable) {
        guard let place = place(of: key, in: document) else { return }
        switch container {
        case .many: remove(key, from: &document)
        case .profiles where !place.path.isEmpty: removeEntry(key, from: &document)
        case .one, .profiles:
            for path in place.shapes.flatMap(\.members) {
                let whole = MemberPath(place.path + path.names)
                document.clear(whole)
            }
            remove(key, from: &document)
        }
    }

    private var containerPath: [String] {
        switch container {
        case .one(_, let path), .many(let path): path
        case .profiles(let profiles): profiles.path
        }
    }
}
