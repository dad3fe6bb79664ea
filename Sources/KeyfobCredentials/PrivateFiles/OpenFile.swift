#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open file that closes itself and that no child process inherits.
package struct OpenFile: ~Copyable {
    /// What there is to know about an open file before trusting it.
    package struct Status: Equatable {
        /// The user id of the owner.
        package var owner: UInt32
        /// The permission bits.
        package var permissions: UInt32
        /// Whether it is a plain file: no folder, pipe or device.
        package var isRegular: Bool
        /// Which file it is, whatever its name.
        package var identity: [UInt64]

        init(_ status: stat) {
            owner = UInt32(status.st_uid)
            permissions = UInt32(status.st_mode & 0o7777)
            isRegular = status.st_mode & S_IFMT == S_IFREG
            identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)]
        }

        /// Whether the file belongs to the user that this process acts for.
        package var isMine: Bool { owner == UInt32(geteuid()) }
    }

    /// The descriptor, open as long as this value lives.
    package let descriptor: Int32
    private let path: String

    deinit {
        close(descriptor)
    }

    /// Opens a file for reading.
    ///
    /// - Parameter path: The file; symbolic links are followed.
    /// - Returns: The file, or nil when there is none.
    /// - Throws: ``CredentialStoreError`` when it is there and can't be opened.
    package static func reading(_ path: String) throws(CredentialStoreError) -> OpenFile? {
        // Without O_NONBLOCK a named pipe in the file's place would hang us.
        let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        if descriptor >= 0 { return OpenFile(descriptor: descriptor, path: path) }
        if errno == ENOENT { return nil }
        throw CredentialStoreError(SystemFailure(), cannot: "read", path)
    }

    /// Opens a file for writing and makes it if it is not there, with mode 0600 whatever the umask.
    ///
    /// - Parameters:
    ///   - path: The file; a symbolic link is refused.
    ///   - mustBeNew: Whether an existing file is an error.
    /// - Returns: The file.
    /// - Throws: ``CredentialStoreError``.
    package static func writing(_ path: String, mustBeNew: Bool) throws(CredentialStoreError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (mustBeNew ? O_EXCL : 0)
        let descriptor = retrying { open(path, flags, 0o600) }
        guard descriptor >= 0 else { throw CredentialStoreError(SystemFailure(), cannot: "write", path) }
        return OpenFile(descriptor: descriptor, path: path)
    }

    /// Asks the system about the file.
    ///
    /// - Returns: Owner, permissions, kind and identity.
    /// - Throws: ``CredentialStoreError``.
    package func status() throws(CredentialStoreError) -> Status {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(to: "examine") }
        return Status(status)
    }

    /// Sets the permission bits and says whether that worked.
    package func setPermissions(_ permissions: UInt32) -> Bool {
        fchmod(descriptor, mode_t(permissions)) == 0
    }

    /// Reads the file to its end.
    ///
    /// - Parameter limit: How many bytes at most.
    /// - Returns: The bytes, or nil when there are more than the limit.
    /// - Throws: ``CredentialStoreError``.
    package func contents(upTo limit: Int) throws(CredentialStoreError) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = chunk.withUnsafeMutableBytes { buffer in
                Self.retrying { Int32(truncatingIfNeeded: read(descriptor, buffer.baseAddress, buffer.count)) }
            }
            guard count >= 0 else { throw failure(to: "read") }
            if count == 0 { return bytes }
            bytes += chunk[..<Int(count)]
            if bytes.count > limit { return nil }
        }
    }

    /// Writes all bytes and waits until the disk has them.
    ///
    /// - Parameter bytes: What to append.
    /// - Throws: ``CredentialStoreError``; some bytes may have been written.
    package func writeDurably(_ bytes: [UInt8]) throws(CredentialStoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                Self.retrying { Int32(truncatingIfNeeded: write(descriptor, buffer.baseAddress, buffer.count)) }
            }
            guard count >= 0 else { throw failure(to: "write") }
            rest = rest.dropFirst(Int(count))
        }
        guard Self.retrying({ fsync(descriptor) }) == 0 else { throw failure(to: "write") }
    }

    private func failure(to action: String) -> CredentialStoreError {
        CredentialStoreError(SystemFailure(), cannot: action, path)
    }

    /// Repeats a system call as long as a signal interrupts it.
    static func retrying(_ call: () -> Int32) -> Int32 {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
