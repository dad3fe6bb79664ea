import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KeyfobClient
import KeyfobCommands
import KeyfobDialects
import KeyfobProtocol
import KeyfobSQL
import KeyfobSQLite
import KeyfobServer
import KeyfobTerminal
import KeyfobTransport
import KeyfobWeb
import NIOCore
import Testing

/// The real application on a temporary database, a machine with a home of its own, and one time for both.
struct World: Sendable {
    static let issuer = "http://127.0.0.1:8080"
    static let password = "correct horse battery"

    let folder: String
    let clock: LeapingClock
    let server: AuthorizationServer
    let client: any TestClientProtocol
    let person: Person
    /// While it is out, every call fails as if nobody listened.
    let network: Network

    /// How a command ended, and what it said.
    struct Outcome: Equatable {
        let status: Int32
        let output: String
        let errors: String
    }

    static func run(_ body: @Sendable (World) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "keyfob-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = LeapingClock()
        let server = try await makeServer(folder, clock)
        let site = try Site(server: server, dialects: Dialects.all)
        try await Application(responder: buildResponder(site)).test(.router) { client in
            try await body(
                World(
                    folder: folder, clock: clock, server: server, client: client, person: Person(client),
                    network: Network(client)))
        }
        try await server.database.close()
    }

    private static func makeServer(_ folder: String, _ clock: LeapingClock) async throws -> AuthorizationServer {
        let database = try SQLiteDatabase.open(path: folder + "/keyfob.db")
        _ = try await Migrator(Schema.migrations).migrate(database, at: 0)
        let rootKey = try #require(RootKey([UInt8](repeating: 7, count: RootKey.size)))
        let server = try await AuthorizationServer(
            issuer: issuer, database: database, rootKey: rootKey,
            opaqueTokenFormats: [AccessTokenPolicy.standardOpaqueFormat] + Dialects.all.flatMap(\.tokenFormats),
            now: { clock.date }, random: RandomBytes(SystemRandomNumberGenerator()))
        try await server.ensureKeyfobClient()
        for client in Dialects.all.flatMap(\.clients) {
            try await server.ensureClient(id: client.id, name: client.name, settings: client.settings)
        }
        _ = try await server.addAccount(username: "ada", email: "ada@example.org", password: password)
        return server
    }

    /// Runs a command of a tool on the machine, without a terminal.
    func run<CLI: ProductCLI>(
        _: CLI.Type, _ arguments: String..., environment: [String: String] = [:],
        waitingBy patience: (any Clock<Duration>)? = nil, openBrowser: (@Sendable (String) async -> Bool)? = nil
    ) async throws -> Outcome {
        let files = try [readHandle("/dev/null"), writeHandle("output"), writeHandle("errors")]
        let own = ["HOME": folder, "SKYTELLS_API_URL": World.issuer].merging(environment) { _, new in new }
        let terminal = Terminal(
            input: files[0].fileDescriptor, output: files[1].fileDescriptor, error: files[2].fileDescriptor,
            environment: own)
        let surroundings = Surroundings(
            environment: own, inputIsTerminal: false, outputIsTerminal: false, isMac: openBrowser != nil,
            fileExists: { _ in true }, readFile: { _ in nil })
        let context = CommandContext(
            environment: own, terminal: terminal, surroundings: surroundings, now: { clock.date },
            clock: patience ?? clock,
            random: RandomBytes(SystemRandomNumberGenerator()), transport: network,
            openBrowser: openBrowser ?? { _ in false },
            listen: { product, callback throws(TransportError) in
                try await RedirectListener.open(product: product, path: callback.path, ports: callback.ports)
            })
        let status = await CLI.run(arguments, in: context)
        return Outcome(status: status, output: try text("output"), errors: try text("errors"))
    }

    /// What a command that still runs has shown so far.
    func screen() throws -> String { try text("output") + text("errors") }

    /// A file in the machine's home.
    func file(_ path: String) throws -> String {
        try String(contentsOfFile: folder + "/" + path, encoding: .utf8)
    }

    private func text(_ name: String) throws -> String { try file(name) }

    private func readHandle(_ path: String) throws -> FileHandle {
        try #require(FileHandle(forReadingAtPath: path))
    }

    private func writeHandle(_ name: String) throws -> FileHandle {
        let path = folder + "/" + name
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        return try #require(FileHandle(forWritingAtPath: path))
    }
}
