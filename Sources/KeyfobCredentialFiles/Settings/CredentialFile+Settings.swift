public import KeyfobCredentials

extension CredentialFile {
    /// Reads any value of the file.
    ///
    /// - Parameter path: The names of the tables on the way, and then its own.
    /// - Returns: The value; nil when there is none, or null, or something on the way is no table.
    /// - Throws: ``CredentialStoreError``.
    public func value(at path: [String]) throws(CredentialStoreError) -> DocumentValue? {
        guard let value = try document()?[path[...]], value != .null else { return nil }
        return value
    }

    /// Sets any value of the file, and makes the file and the tables on the way when they are not there.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - path: The names of the tables on the way, and then its own; at least one.
    /// - Throws: ``CredentialStoreError``, the file being as it was; `denied` when something on the way is no table.
    public func setValue(_ value: DocumentValue, at path: [String]) throws(CredentialStoreError) {
        try update { document throws(CredentialStoreError) in
            do throws(MalformedMember) {
                _ = try document.table(at: path[...].dropLast())
            } catch {
                throw CredentialStoreError(
                    .denied,
                    message: "\(self.path) has a value at \"\(error.name)\", which therefore can't hold others",
                    hint: "remove that value first"
                )
            }
            document[path[...]] = value
        }
    }

    /// Removes any value of the file, and the tables on the way that are empty then.
    ///
    /// - Parameter path: The names of the tables on the way, and then its own.
    /// - Returns: False when there was none.
    /// - Throws: ``CredentialStoreError``; the file is then as it was.
    @discardableResult
    public func removeValue(at path: [String]) throws(CredentialStoreError) -> Bool {
        guard try document()?[path[...]] != nil else { return false }
        var wasThere = false
        try update { document throws(CredentialStoreError) in
            wasThere = document[path[...]] != nil
            document[path[...]] = nil
            document.prune(path[...].dropLast())
        }
        return wasThere
    }

    /// Writes the file's contents for people, without its tokens and its comments, which may hold old ones.
    ///
    /// - Parameters:
    ///   - redacting: What to show for a token; `<redacted>` by default.
    ///   - isSecret: Names further members that hold secrets, by their path; none by default.
    /// - Returns: The text in the file's language; nil when there is no file.
    /// - Throws: ``CredentialStoreError``.
    public func text(
        redacting: (Secret) -> String = { "\($0)" }, isSecret: ([String]) -> Bool = { _ in false }
    ) throws(CredentialStoreError) -> String? {
        guard let document = try document() else { return nil }
        let known = layout.secretPaths(in: document)
        let shown = document.mapped { path, value in
            guard let text = value.spelling, !text.isEmpty, known.contains(path) || isSecret(path) else { return value }
            return .string(redacting(Secret(text)))
        }
        return try rendered(shown, over: nil)
    }
}

extension CredentialLayout {
    /// Where the document holds tokens, those of malformed entries included.
    fileprivate func secretPaths(in document: DocumentTable) -> Set<[String]> {
        let named: [(path: [String], shapes: [Names])]
        switch container {
        case .one(_, let path):
            named = [(path, [names])]
        case .many(let path):
            named = (document[path[...]]?.table?.uniqueNames ?? []).map { (path + [$0], [names]) }
        case .profiles(let profiles):
            let shapes = [names, profiles.rootNames] + profiles.otherShapes
            let keys = document[profiles.path[...]]?.table?.uniqueNames ?? []
            named = [([], [profiles.rootNames])] + keys.map { (profiles.path + [$0], shapes) }
        }
        return Set(
            named.flatMap { entry in
                entry.shapes.flatMap(\.secrets).map { entry.path + $0.names }
            })
    }
}

extension DocumentTable {
    /// The same table with each value that is no table replaced; elements of lists have the list's path.
    fileprivate func mapped(
        _ path: [String] = [], _ body: ([String], DocumentValue) -> DocumentValue
    ) -> DocumentTable {
        DocumentTable(members.map { Member($0.name, $0.value.mapped(path + [$0.name], body)) })
    }
}

extension DocumentValue {
    fileprivate func mapped(_ path: [String], _ body: ([String], DocumentValue) -> DocumentValue) -> DocumentValue {
        switch self {
        case .table(let table): .table(table.mapped(path, body))
        case .list(let elements): .list(elements.map { $0.mapped(path, body) })
        default: body(path, self)
        }
    }
}
