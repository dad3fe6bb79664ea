import Foundation
import KeyfobSQL
import KeyfobSQLite

/// A folder of its own for each test, removed with the last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "keyfob-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var database: String { path + "/keyfob.db" }

    func mode(_ file: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    }
}

/// Holds a body up until it is opened; a body may pass it any number of times after that.
final class Gate: Sendable {
    private let exit: Int32
    private let entrance: Int32

    init() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        (exit, entrance) = (ends[0], ends[1])
    }

    deinit {
        close(exit)
    }

    /// Blocks the calling thread, which is the writer's own.
    func pass() {
        var byte: UInt8 = 0
        while read(exit, &byte, 1) < 0 {}
    }

    func open() {
        close(entrance)
    }
}
