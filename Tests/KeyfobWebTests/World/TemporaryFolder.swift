import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder of its own for each world, removed with the last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array((FileManager.default.temporaryDirectory.path + "/keyfob-web-XXXXXX").utf8CString)
        guard let name = mkdtemp(&template) else { throw Missing() }
        path = String(cString: name)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Something that a test relies on is not there.
struct Missing: Error {}

extension Optional {
    /// The value, which the set-up of a test cannot do without.
    func orFail() throws -> Wrapped {
        guard let value = self else { throw Missing() }
        return value
    }
}
