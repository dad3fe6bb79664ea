public import KeyfobCredentials

extension JSONCredentialFile {
    /// Reads the whole document, without waiting for writers; a mode that is too loose is repaired.
    ///
    /// - Returns: The document, or nil when there is no file.
    /// - Throws: ``CredentialStoreError``: `corrupt` for a file that is no JSON object (an empty one and one full of
    ///   NULs included), `denied` for another user's file.
    public func document() throws(CredentialStoreError) -> JSONDocument? {
        try document(at: FilePath.destination(of: path))
    }

    /// Changes the document under the file's lock, and replaces the file if that changed anything.
    ///
    /// A document that is empty afterwards removes the file; behind a symbolic link, `{}` stays in its place.
    ///
    /// - Parameter change: Gets the document as it is now, or an empty one when there is no file.
    /// - Throws: ``CredentialStoreError``, and what `change` throws; the file is then as it was before.
    public func update(
        _ change: (inout JSONDocument) throws(CredentialStoreError) -> Void
    ) throws(CredentialStoreError) {
        try locked { target throws(CredentialStoreError) in
            let old = try document(at: target)
            try refuseReadOnly(target)
            var new = old ?? JSONDocument()
            try change(&new)
            guard new != old ?? JSONDocument() else { return }
            if new.root.isEmpty, target == path {
                try PrivateFile.remove(target)
            } else {
                try PrivateFile.replace(target, with: Array(new.text(indent: layout.indent).utf8))
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
    func document(at target: String) throws(CredentialStoreError) -> JSONDocument? {
        guard let bytes = try bytes(at: target) else { return nil }
        do throws(JSONSyntaxError) {
            return try JSONDocument(parsing: bytes)
        } catch {
            throw corrupt("it is no JSON file: \(error)", error)
        }
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
        guard let bytes = try file.contents(upTo: JSONDocument.sizeLimit) else {
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
