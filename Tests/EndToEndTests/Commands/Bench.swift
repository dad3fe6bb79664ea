import Foundation
import KeyfobClient
import KeyfobCommands
import KeyfobProtocol
import KeyfobTerminal
import KeyfobTransport
import Testing

/// A machine without a terminal, and a service that is written down.
struct Bench {
    let folder: String
    let service: ScriptedService
    let clock = LeapingClock()

    static func run(_ script: [String: [ScriptedService.Reply]], _ body: (Bench) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "keyfob-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(Bench(folder: folder, service: ScriptedService(script)))
    }

    func run<CLI: ProductCLI>(
        _: CLI.Type, _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) async throws -> World.Outcome {
        try write(input, to: "input")
        let files = try [reading("input"), writing("output"), writing("errors")]
        let own = ["HOME": folder].merging(environment) { _, new in new }
        let terminal = Terminal(
            input: files[0].fileDescriptor, output: files[1].fileDescriptor, error: files[2].fileDescriptor,
            environment: own)
        let surroundings = Surroundings(
            environment: own, inputIsTerminal: false, outputIsTerminal: false, isMac: false,
            fileExists: { _ in false }, readFile: { _ in nil })
        let context = CommandContext(
            environment: own, terminal: terminal, surroundings: surroundings, now: { [clock] in clock.date },
            clock: clock, random: RandomBytes(SystemRandomNumberGenerator()), transport: service,
            openBrowser: { _ in false },
            listen: { product, callback throws(TransportError) in
                try await RedirectListener.open(product: product, path: callback.path, ports: callback.ports)
            })
        let status = await CLI.run(arguments, in: context)
        return World.Outcome(status: status, output: try text("output"), errors: try text("errors"))
    }

    /// A file in the machine's home; empty where there is none.
    func file(_ path: String) -> String {
        (try? text(path)) ?? ""
    }

    func write(_ content: String, to path: String) throws {
        let whole = folder + "/" + path
        try FileManager.default.createDirectory(
            atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        #expect(
            FileManager.default.createFile(
                atPath: whole, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    }

    private func reading(_ name: String) throws -> FileHandle {
        try #require(FileHandle(forReadingAtPath: folder + "/" + name))
    }

    private func writing(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try #require(FileHandle(forWritingAtPath: folder + "/" + name))
    }
}
