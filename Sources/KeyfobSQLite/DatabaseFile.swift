import KeyfobSQL
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file that holds a database, before SQLite opens it.
enum DatabaseFile {
    /// Held while a new file is open here: closing it drops every lock that this process has on that file, also those
    /// of another connection of ours that came in between.
    private static let creation = Mutex(())

    /// Creates the file for its owner alone unless it is there, and checks that it can be read and written.
    ///
    /// SQLite gives its companion files (`-wal`, `-shm`) the mode of this one, so they are private as well.
    ///
    /// - Throws: `SQLError` with `.cannotOpen` or `.full` that says what is in the way.
    static func prepare(_ path: String) throws(SQLError) {
        let creationError = creation.withLock { _ in create(path) }
        guard creationError == 0 || creationError == EEXIST else { throw obstacle(path, creationError) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw obstacle(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw obstacle(path, EISDIR) }
        guard access(path, R_OK | W_OK) == 0, access(folder(of: path), W_OK | X_OK) == 0 else {
            throw obstacle(path, errno)
        }
    }

    private static func create(_ path: String) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return errno }
        // The umask may have taken away what the owner needs.
        fchmod(descriptor, 0o600)
        close(descriptor)
        return 0
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func obstacle(_ path: String, _ code: Int32) -> SQLError {
        if code == ENOSPC || code == EDQUOT {
            return SQLError(.full, "cannot create the database \(path): the disk is full; free some space")
        }
        let reason =
            switch code {
            case ENOENT: "there is no such folder; create \(folder(of: path)) first"
            case ENOTDIR: "\(folder(of: path)) is not a folder; choose another path"
            case EISDIR: "it is not a file; name a file inside of it or choose another path"
            case EACCES, EPERM: "permission denied; let this user read and write \(folder(of: path)) and the file in it"
            case EROFS: "the file system is read-only; choose another path"
            default: String(cString: strerror(code))
            }
        return SQLError(.cannotOpen, "cannot open the database \(path): \(reason)")
    }
}
