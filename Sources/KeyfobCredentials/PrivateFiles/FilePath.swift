#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Paths as the file stores need them: the folder, the name, and where a symbolic link leads.
package enum FilePath {
    /// Returns the folder that holds a path; "." for a bare name.
    package static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Returns the last component of a path.
    package static func name(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(path[path.utf8.index(after: slash)...])
    }

    /// Returns a path beside another one, in the same folder.
    package static func sibling(of path: String, named name: String) -> String {
        path.utf8.contains(UInt8(ascii: "/")) ? folder(of: path) + "/" + name : name
    }

    /// Follows symbolic links to the file that they name, whether or not it exists.
    ///
    /// A link that belongs to somebody else could lead anywhere, so only links of this user or of root are followed.
    ///
    /// - Parameter path: A path whose last component may be a symbolic link.
    /// - Returns: The path of the file itself.
    /// - Throws: ``CredentialStoreError`` with `denied` for another owner's link, `unavailable` for a circle of links.
    package static func destination(of path: String) throws(CredentialStoreError) -> String {
        var path = path
        // The kernel gives up after 40 links, too.
        for _ in 0..<40 {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
            guard status.st_uid == geteuid() || status.st_uid == 0 else { throw foreignLink(path) }
            path = try target(of: path)
        }
        throw CredentialStoreError(SystemFailure(ELOOP), cannot: "follow", path)
    }

    private static func target(of link: String) throws(CredentialStoreError) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { throw CredentialStoreError(SystemFailure(), cannot: "follow", link) }
        let target = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return target.utf8.first == UInt8(ascii: "/") ? target : sibling(of: link, named: target)
    }

    private static func foreignLink(_ path: String) -> CredentialStoreError {
        CredentialStoreError(
            .denied,
            message: "\(path) is a symbolic link that belongs to another user",
            hint: "remove it, or run the command as its owner"
        )
    }
}
