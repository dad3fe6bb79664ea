import ArgumentParser
import Foundation
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer

/// The command `keyfob-server client`.
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client", abstract: "Programs that may ask people to sign in.", subcommands: [Add.self]
    )

    /// The command `keyfob-server client add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a program.",
            discussion: """
                A command-line tool is a public client: it has no secret, since nothing on a user's machine is one.
                A service that looks tokens up (introspection) is a confidential client: --confidential.
                """
        )

        @Argument(help: "The client id that the program sends.")
        var id: String
        @Option(help: "The name that people read when they are asked to approve.")
        var name: String
        @Flag(help: "Make a secret; it is printed once.")
        var confidential = false
        @Option(name: .customLong("redirect-uri"), help: "A redirect URI; a loopback one stands for any port. Repeat.")
        var redirectURIs: [String] = []
        @Option(name: .customLong("grant"), help: "A grant: authorization_code, refresh_token, device_code. Repeat.")
        var grants: [String] = []
        @Option(name: .customLong("scope"), help: "A scope that it may ask for. Repeat.")
        var scopes: [String] = []
        @Flag(help: "Let the approval page say that the operator vouches for the program.")
        var verified = false
        @Flag(help: "Issue opaque access tokens, not JWTs.")
        var opaque = false
        @Option(help: "The access tokens' life in seconds.")
        var tokenLife = 900
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await Failure.reporting {
                let settings = try settings()
                let server = try await data.openServer()
                let (client, secret) = try await server.addClient(
                    id: id, name: name, isConfidential: confidential, settings: settings
                )
                try await server.database.close()
                try report(client, secret)
            }
        }

        private func settings() throws -> Client.Settings {
            var settings = Client.Settings()
            settings.redirectURIs = redirectURIs
            settings.isVerified = verified
            guard tokenLife > 0 else { throw Failure("--token-life must be at least 1 second") }
            settings.accessToken =
                opaque
                ? .opaque(AccessTokenPolicy.standardOpaqueFormat, life: tokenLife) : .jwt(life: tokenLife)
            if !grants.isEmpty { settings.grants = try grants.map(Self.grant) }
            if !scopes.isEmpty {
                guard let all = try? Scopes(validating: scopes) else {
                    throw Failure("a scope has visible ASCII characters only, without quotes and backslashes")
                }
                settings.scopes = all
                settings.defaultScopes = all
            }
            return settings
        }

        private static func grant(_ name: String) throws -> GrantType {
            let names: [String: GrantType] = [
                "authorization_code": .authorizationCode, "refresh_token": .refreshToken, "device_code": .deviceCode,
                GrantType.deviceCode.rawValue: .deviceCode,
            ]
            guard let grant = names[name] else {
                throw Failure(
                    "\(name) is not a grant", hint: "use authorization_code, refresh_token or device_code"
                )
            }
            return grant
        }

        private func report(_ client: Client, _ secret: String?) throws {
            if json {
                struct Added: Encodable {
                    let clientID: String
                    let clientSecret: String?

                    private enum CodingKeys: String, CodingKey {
                        case clientID = "client_id"
                        case clientSecret = "client_secret"
                    }
                }
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
                let bytes = try encoder.encode(Added(clientID: client.id, clientSecret: secret))
                print(String(decoding: bytes, as: UTF8.self))
                return
            }
            print("Added \(client.id) (\(client.name)).")
            if let secret { print("Client secret, shown this once: \(secret)") }
        }
    }
}
