public import KeyfobCredentials

extension CredentialFile {
    /// Reads the whole document, without waiting for writers; a mode that is too loose is repaired.
    ///
    /// - Returns: The document, or nil when there is no file.
    /// - Throws: ``CredentialStoreError``: `corrupt` for a file that makes no sense in its language (one full of NULs
    ///   included), `denied` for another user's file.
    public func document() throws(CredentialStoreError) -> DocumentTable? {
        try document(at: FilePath.destination(of: path))
    }

    /// Changes the document under the file's lock, and replaces the file if that changed anything.
    ///
    /// A document that is empty afterwards removes the file; behind a symbolic link, and when there are
    /// comments left, it stays.
    ///
    /// - Parameter change: Gets the document as it is now, or an empty one when there is no file.
    /// - Throws: ``CredentialStoreError``, and what `change` throws; the file is then as it was before.
    public func update(
        _ change: (inout DocumentTable) throws(CredentialStoreError) -> Void
    ) throws(CredentialStoreError) {
        try locked { target throws(CredentialStoreError) in
            let bytes = try bytes(at: target)
            let old = try bytes.map(parsed) ?? DocumentTable()
            try refuseReadOnly(target)
            var new = old
            try change(&new)
            guard new != old else { return }
            let text = try rendered(new, over: bytes)
            if new.isEmpty, target == path, Self.saysNothing(text) {
                try PrivateFile.remove(target)
            } else {
                try PrivateFile.replace(target, with: Array(text.utf8))
            }
        }
    }

    /// Runs `body` with the path of the file itself, while no other process writes it.
    func locked<Result>(
        _ body: (_ target: String) throws(CredentialStoreError) -> Result
    ) throws(CredentialStoreError) -> Result {
        try PrivateFolder.create(FilePath.folder(of: path))
        tightenFolder()
        let target = try FilePath.destination(of: path)
        try PrivateFolder.create(FilePath.folder(of: target))
        do throws(CredentialStoreError) {
            let lock = try FileLock.wait(FilePath.sibling(of: target, named: ".\(FilePath.name(of: target)).lock"))
            defer { lock.release() }
            return try body(target)
        } catch {
            // People know their file, and not the lock and the temporary file beside it.
            guard let failure = error.underlying as? SystemFailure else { throw error }
            throw CredentialStoreError(failure, cannot: "write", path)
        }
    }

    /// Reads the document in the file itself.
    func document(at target: String) throws(CredentialStoreError) -> DocumentTable? {
        try bytes(at: target).map(parsed)
    }

    private func parsed(_ bytes: [UInt8]) throws(CredentialStoreError) -> DocumentTable {
        do throws(DocumentSyntaxError) {
            return try format.parse(bytes)
        } catch {
            throw corrupt("it is no \(format.name) file: \(error)", error)
        }
    }

    /// Writes a document in the file's language.
    func rendered(_ document: DocumentTable, over old: [UInt8]?) throws(CredentialStoreError) -> String {
        do throws(DocumentSyntaxError) {
            return try format.text(of: document, over: old)
        } catch {
            throw CredentialStoreError(
                .denied,
                message: "\(path) can't be written: \(error)",
                hint: "choose a name or value that \(format.name) has words for",
                underlying: error
            )
        }
    }

    // An empty object is all that JSON can write of nothing.
    private static func saysNothing(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
    }

    /// Runs `body`, and says of a member that makes no sense that the file is corrupt.
    func sensible<Result>(_ body: () throws(MalformedMember) -> Result) throws(CredentialStoreError) -> Result {
        do throws(MalformedMember) {
            return try body()
        } catch {
            throw corrupt("\"\(error.name)\" is not \(error.expected)", error)
        }
    }

    /// Reads the bytes of the file itself, once it is known to be the user's own.
    func bytes(at target: String) throws(CredentialStoreError) -> [UInt8]? {
        guard let file = try OpenFile.reading(target) else { return nil }
        let status = try file.status()
        guard status.isRegular else { throw corrupt("it is no plain file", nil) }
        guard status.isMine else { throw foreign }
        if status.permissions & 0o077 != 0 { repairMode(of: file, from: status.permissions) }
        guard let bytes = try file.contents(upTo: DocumentLimits.size) else {
            throw corrupt("it is larger than one mebibyte", nil)
        }
        return bytes
    }

    private func repairMode(of file: borrowing OpenFile, from permissions: UInt32) {
        let found = "\(path) could be read or written by others (mode 0\(String(permissions, radix: 8)))"
        // A file that its owner made read-only stays so.
        let mode = permissions & 0o600
        let isRepaired = file.setPermissions(mode)
        warn(isRepaired ? "\(found); it is 0\(String(mode, radix: 8)) now" : "\(found), and that can't be changed")
    }

    // A rename would replace the file all the same, and root may write anything: the mode is what the owner meant.
    private func refuseReadOnly(_ target: String) throws(CredentialStoreError) {
        guard let file = try OpenFile.reading(target), try file.status().permissions & 0o200 == 0 else { return }
        throw CredentialStoreError(
            .denied,
            message: "\(path) is read-only",
            hint: "make it writable (chmod u+w), or keep it up to date the way that made it read-only"
        )
    }

    private func tightenFolder() {
        guard ownsFolder else { return }
        let folder = FilePath.folder(of: path)
        guard let found = PrivateFolder.tighten(folder) else { return }
        warn("\(folder) could be entered by others (mode 0\(String(found, radix: 8))); it is 0700 now")
    }

    private func corrupt(_ reason: String, _ underlying: (any Error)?) -> CredentialStoreError {
        CredentialStoreError(
            .corrupt,
            message: "\(path) can't be understood: \(reason)",
            hint: "repair the file, or sign in again: it is set aside then, not overwritten",
            underlying: underlying
        )
    }

    private var foreign: CredentialStoreError {
        CredentialStoreError(
            .denied,
            message: "\(path) belongs to another user",
            hint: "run the command as its owner, or remove the file"
        )
    }
}
