import ArgumentParser
import Foundation
import KeyfobDialects
import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobWeb

/// Where the server keeps everything, and how it opens it.
struct DataFolder: ParsableArguments {
    @Option(
        help: "The folder for the database and the root key; keyfob-data by default. [KEYFOB_SERVER_DATA]"
    )
    var data: String?
    @Option(help: "The settings file. [KEYFOB_SERVER_CONFIG]")
    var config: String?

    /// The settings file; says nothing where there is none.
    func settings() throws -> ServerSettings {
        guard let config = config ?? Environment["CONFIG"] else { return ServerSettings() }
        return try ServerSettings(path: config)
    }

    /// The folder.
    func path() throws -> String {
        if let data = data ?? Environment["DATA"] { return data }
        return try settings().data ?? "keyfob-data"
    }

    /// Opens the database and brings its schema up to date.
    func openDatabase() async throws -> (database: SQLiteDatabase, applied: [String]) {
        let path = try path()
        try makeFolder(path)
        let database = try SQLiteDatabase.open(path: path + "/keyfob.db")
        let applied = try await Migrator(Schema.migrations).migrate(
            database, at: Int64(Date().timeIntervalSince1970 * 1000)
        )
        return (database, applied)
    }

    /// Opens the domain, for a command that the operator gives.
    func openServer(
        issuer: String = "http://127.0.0.1:8080", policy: Policy = Policy()
    ) async throws -> AuthorizationServer {
        let (database, _) = try await openDatabase()
        let server = try await AuthorizationServer(
            issuer: issuer, database: database, rootKey: try rootKey(try path()), policy: policy,
            opaqueTokenFormats: [AccessTokenPolicy.standardOpaqueFormat] + Dialects.all.flatMap(\.tokenFormats),
            now: { Date() }, random: RandomBytes(SystemRandomNumberGenerator())
        )
        try await server.ensureKeyfobClient()
        return server
    }

    private func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw Failure(
                "the data folder \(path) can't be made: \(error.localizedDescription)",
                hint: "name another folder with --data, or give this user the right to write there"
            )
        }
    }

    /// Reads the root key, or makes it where there is none.
    private func rootKey(_ path: String) throws -> RootKey {
        let file = path + "/root.key"
        if !FileManager.default.fileExists(atPath: file) {
            try makeRootKey(file, in: path)
        }
        guard let data = FileManager.default.contents(atPath: file),
            let key = Base64URL.decode(
                String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            )
            .flatMap(RootKey.init)
        else {
            throw Failure(
                "\(file) is not a root key, or can't be read",
                hint: "put back the root.key that belongs to this database"
            )
        }
        return key
    }

    private func makeRootKey(_ file: String, in path: String) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<RootKey.size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let text = Array((Base64URL.encode(bytes) + "\n").utf8)
        // Written whole under another name, then linked: of two that start at once, one makes the key and the other
        // reads it, and a kill in between leaves no half of one.
        let draft = "\(file).\(getpid())"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { unlink(draft) }
        guard descriptor >= 0, write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0,
            close(descriptor) == 0, link(draft, file) == 0 || errno == EEXIST
        else {
            throw Failure(
                "the root key \(file) can't be written: \(String(cString: strerror(errno)))",
                hint: "give this user the right to write there, or free some space"
            )
        }
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
