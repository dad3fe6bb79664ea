import ArgumentParser
import Foundation
import KeyfobDialects
import KeyfobProtocol
import KeyfobServer
import KeyfobWeb

/// The command `keyfob-server project key`.
struct ProjectKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Secrets with which programs act for a project.",
        subcommands: [Add.self, List.self, Revoke.self]
    )

    /// A key as commands print it; the secret is there when it was just made.
    struct Output: Encodable {
        let id: String
        let name: String
        let start: String
        let scopes: [String]
        let createdBy: String?
        let createdAt: Date
        let lastUsedAt: Date?
        let revokedAt: Date?
        let key: String?

        init(_ key: ProjectKey, secret: String? = nil) {
            id = key.id
            name = key.name
            start = key.start
            scopes = key.scopes.names
            createdBy = key.createdBy
            createdAt = key.createdAt
            lastUsedAt = key.lastUsedAt
            if case .revoked(let date) = key.state { revokedAt = date } else { revokedAt = nil }
            self.key = secret
        }
    }

    /// The command `keyfob-server project key add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key for a project; it is printed once.",
            discussion: "With --dialect it has the form and the scopes of that product's keys."
        )

        @Argument(help: "The project: identifier, slug, ORGANIZATION/SLUG or name.")
        var project: String
        @Option(help: "The name that people read in lists.")
        var name: String
        @Option(help: "The product whose keys are meant.")
        var dialect: String?
        @Option(name: .customLong("scope"), help: "What the key allows. Repeat.")
        var scopes: [String] = []
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                guard let chosen = try? Scopes(validating: scopes) else {
                    throw Failure("a scope has visible ASCII characters only, without quotes and backslashes")
                }
                let (key, secret) = try await server.createProjectKey(
                    try kind(), name: name, scopes: scopes.isEmpty ? nil : chosen, project: project, by: .operator
                )
                if json { return try OperatorOutput.json(Output(key, secret: secret)) }
                print("Made the key \(key.id) (\(key.name)).")
                print("Key, shown this once: \(secret)")
            }
        }

        private func kind() throws -> ProjectKeyKind {
            guard let dialect else { return .standard }
            let kinds = Dialects.all.compactMap { one in one.projectKeys.map { (one.name, $0) } }
            guard let kind = kinds.first(where: { $0.0 == dialect })?.1 else {
                let names = kinds.map(\.0).joined(separator: ", ")
                throw Failure("there is no dialect \(dialect) with project keys", hint: "those are: \(names)")
            }
            return kind
        }
    }

    /// The command `keyfob-server project key list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a project's keys, the newest first.")

        @Argument(help: "The project: identifier, slug, ORGANIZATION/SLUG or name.")
        var project: String
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let keys = try await server.projectKeys(of: project, for: .operator).map { Output($0) }
                if json { return try OperatorOutput.json(keys) }
                OperatorOutput.table(
                    ["ID", "NAME", "KEY", "SCOPES", "MADE", "LAST USED", "REVOKED"],
                    keys.map {
                        [
                            $0.id, $0.name, $0.start + "...",
                            $0.scopes.isEmpty ? "-" : $0.scopes.joined(separator: " "),
                            OperatorOutput.time($0.createdAt), OperatorOutput.time($0.lastUsedAt),
                            OperatorOutput.time($0.revokedAt),
                        ]
                    },
                    orElse: "The project has no keys yet: keyfob-server project key add"
                )
            }
        }
    }

    /// The command `keyfob-server project key revoke`.
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a key, at once and for good."
        )

        @Argument(help: "The project: identifier, slug, ORGANIZATION/SLUG or name.")
        var project: String
        @Argument(help: "The key's identifier, as `project key list` shows it.")
        var id: String
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.revokeProjectKey(id, of: project, by: .operator)
                print("Revoked \(id).")
            }
        }
    }
}
