#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A system call that failed, by its error number.
package struct SystemFailure: Error, Equatable, CustomStringConvertible {
    /// The value of `errno`.
    package var number: Int32

    /// Keeps an error number; that of the last system call by default.
    package init(_ number: Int32 = errno) {
        self.number = number
    }

    /// The system's own words for the number.
    package var description: String { String(cString: strerror(number)) }
}

extension CredentialStoreError {
    /// Makes the error for a system call that failed on a file.
    ///
    /// - Parameters:
    ///   - failure: What the system said.
    ///   - action: What was tried, as the verb after "cannot".
    ///   - path: The file or folder.
    package init(_ failure: SystemFailure, cannot action: String, _ path: String) {
        let (code, hint) = Self.advice(for: failure.number, path)
        self.init(code, message: "cannot \(action) \(path): \(failure)", hint: hint, underlying: failure)
    }

    private static func advice(for number: Int32, _ path: String) -> (Code, String) {
        switch number {
        case EACCES, EPERM: (.denied, "check who owns \(path) and its folder, and their permissions")
        case EROFS: (.denied, "the file system is read-only; keep the credentials somewhere else or remount it")
        case ENOSPC, EDQUOT: (.unavailable, "make room on that disk and try again; what was stored before is untouched")
        case EFBIG: (.unavailable, "raise the file size limit of this shell (ulimit -f) and try again")
        case ELOOP: (.unavailable, "its symbolic links lead in a circle; put the right one in its place")
        case ENOTDIR, EISDIR: (.unavailable, "a file is where a folder should be, or the other way round; move it away")
        case ENAMETOOLONG: (.unavailable, "the path is too long; choose a shorter one")
        case ENOLCK, ENOTSUP: (.unavailable, "this file system has no locks; keep the credentials on a local disk")
        default: (.unavailable, "look at the disk that holds \(path), then try again")
        }
    }
}
