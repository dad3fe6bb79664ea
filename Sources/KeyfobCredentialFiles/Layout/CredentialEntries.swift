import KeyfobCredentials

extension CredentialLayout {
    /// The keys under which the document holds an object, whatever is in it.
    func keys(in document: JSONDocument) throws(MalformedMember) -> [String] {
        switch container {
        case .one(let name, let path):
            return try object(at: path[...], in: document) == nil ? [] : [name]
        case .many(let path):
            var keys: [String] = []
            for member in try object(at: path[...], in: document)?.members ?? [] {
                if !keys.contains(where: { $0.hasSameBytes(as: member.name) }) { keys.append(member.name) }
            }
            return keys
        }
    }

    /// The credential under a key.
    func credential(for key: String, in document: JSONDocument) throws(MalformedMember) -> Credential? {
        guard let path = path(of: key), let object = try object(at: path, in: document) else { return nil }
        return try credential(in: object)
    }

    /// Puts a credential under a key that the layout has room for.
    func put(_ credential: Credential, for key: String, into document: inout JSONDocument) throws(MalformedMember) {
        guard let path = path(of: key) else { return }
        var object = try object(at: path, in: document) ?? JSONObject()
        // What makes no sense is set aside by whoever decides that, and never replaced by the way.
        _ = try self.credential(in: object)
        put(credential, into: &object)
        set(object, at: path, in: &document)
    }

    /// Removes the credential under a key, the pointer to it, and the objects that are empty then.
    func remove(_ key: String, from document: inout JSONDocument) {
        guard let path = path(of: key) else { return }
        switch container {
        case .many:
            document.root[path] = nil
        case .one:
            var object = document.root[path]?.object ?? JSONObject()
            removeMembers(from: &object)
            set(object, at: path, in: &document)
        }
        for length in stride(from: path.count, to: 0, by: -1) {
            let ancestor = path.prefix(length)
            if document.root[ancestor]?.object?.isEmpty == true { document.root[ancestor] = nil }
        }
        if let current, document.root[current]?.text?.hasSameBytes(as: key) == true { document.root[current] = nil }
    }

    /// Removes each credential that makes no sense, and says whether there was one.
    func removeMalformed(from document: inout JSONDocument) -> Bool {
        let (containerPath, keys) =
            switch container {
            case .one(let name, let path): (path, [name])
            case .many(let path): (path, document.root[path[...]]?.object?.members.map(\.name) ?? [])
            }
        var found = false
        for length in 0..<containerPath.count {
            let ancestor = containerPath.prefix(length + 1)
            guard let value = document.root[ancestor], value.object == nil, value != .null else { continue }
            document.root[ancestor] = nil
            found = true
        }
        for key in keys {
            do throws(MalformedMember) {
                _ = try credential(for: key, in: document)
            } catch {
                remove(key, from: &document)
                found = true
            }
        }
        return found
    }

    /// Where the object of a key is; nil when the layout has no room for the key.
    func path(of key: String) -> ArraySlice<String>? {
        switch container {
        case .one(let name, let path): key.hasSameBytes(as: name) ? path[...] : nil
        case .many(let path): (path + [key])[...]
        }
    }

    private func set(_ object: JSONObject, at path: ArraySlice<String>, in document: inout JSONDocument) {
        if path.isEmpty { document.root = object } else { document.root[path] = .object(object) }
    }

    // What stands on the way and is no object must not be replaced, so it is an error.
    private func object(
        at path: ArraySlice<String>, in document: JSONDocument
    ) throws(MalformedMember) -> JSONObject? {
        var object = document.root
        for name in path {
            guard let value = object[name], value != .null else { return nil }
            guard let inner = value.object else { throw MalformedMember(name: name, expected: "an object") }
            object = inner
        }
        return object
    }
}
