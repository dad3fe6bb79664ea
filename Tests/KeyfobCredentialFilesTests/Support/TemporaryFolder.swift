#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A real folder that goes when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/keyfob-tests-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw TestFailure("mkdtemp: \(errno)") }
        path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a name in the folder.
    func path(_ name: String) -> String {
        "\(path)/\(name)"
    }

    /// Writes a file by the plainest means there are.
    @discardableResult
    func put(_ text: String, at name: String, mode: mode_t = 0o600) throws -> String {
        try put(Array(text.utf8), at: name, mode: mode)
    }

    @discardableResult
    func put(_ bytes: [UInt8], at name: String, mode: mode_t = 0o600) throws -> String {
        let descriptor = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TestFailure("open: \(errno)") }
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count, fchmod(descriptor, mode) == 0 else {
            throw TestFailure("write: \(errno)")
        }
        return path(name)
    }

    /// The names in the folder, sorted, without the lock files, which stay for ever.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasSuffix(".lock") }.sorted()
    }
}

/// Something that a test needs did not work.
struct TestFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What lstat says of a path.
struct PathFacts: Equatable {
    var permissions: mode_t
    var isLink: Bool

    init(_ path: String) throws {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw TestFailure("lstat \(path): \(errno)") }
        permissions = status.st_mode & 0o777
        isLink = status.st_mode & S_IFMT == S_IFLNK
    }
}

/// Whether there is something at a path, if only a dangling link.
func exists(_ path: String) -> Bool {
    (try? PathFacts(path)) != nil
}

/// The text of a file.
func text(of path: String) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw TestFailure("open \(path): \(errno)") }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes[..<max(count, 0)], as: UTF8.self)
}

/// Blocks the thread until a condition holds, and gives up after some twenty seconds.
func blockUntil(_ condition: () throws -> Bool) throws {
    for _ in 0..<10_000 {
        if try condition() { return }
        usleep(2_000)  // allowed: the pause between two looks at a condition
    }
    throw TestFailure("waited in vain")
}

/// Waits until a condition holds, and gives up after some twenty seconds.
func until(_ condition: () throws -> Bool) async throws {
    for _ in 0..<10_000 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(2))  // allowed: the pause between two looks at a condition
    }
    throw TestFailure("waited in vain")
}
