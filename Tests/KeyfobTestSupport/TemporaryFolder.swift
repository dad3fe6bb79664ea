import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of its own for each world, removed with the last reference.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes a folder.
    package init() throws {
        var template = Array((FileManager.default.temporaryDirectory.path + "/keyfob-test-XXXXXX").utf8CString)
        guard let name = mkdtemp(&template) else { throw Missing() }
        path = String(cString: name)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Something that a test relies on is not there.
package struct Missing: Error {
    /// Makes the error.
    package init() {}
}

extension Optional {
    /// The value, which the set-up of a test cannot do without.
    package func orFail() throws -> Wrapped {
        guard let value = self else { throw Missing() }
        return value
    }
}
