import ArgumentParser
import Foundation
import Hummingbird
import KeyfobSQL
import KeyfobServer
import KeyfobWeb
import Logging
import ServiceLifecycle

/// The command `keyfob-server serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server until it is told to stop.",
        discussion: """
            It speaks plain HTTP on a loopback address: put a TLS proxy in front of it, and name the address that \
            people see with --issuer. SIGTERM and Ctrl+C let running requests finish.

            What is not said by a flag comes from the environment, and what that does not say from the file of --config.
            """
    )

    @OptionGroup var options: ServeOptions

    func run() async throws {
        try await Failure.reporting {
            let settings = try options.resolve()
            let server = try await open(settings)
            let site = try site(server, settings)
            try await Self.run(site, settings.address, Self.logger(settings.logLevel))
        }
    }

    private func open(_ settings: ServeOptions.Resolved) async throws -> AuthorizationServer {
        let server = try await options.folder.openServer(issuer: settings.issuer, policy: settings.policy)
        for client in settings.dialects.flatMap(\.clients) {
            try await server.seedClient(id: client.id, name: client.name, settings: client.settings)
        }
        return server
    }

    private func site(_ server: AuthorizationServer, _ settings: ServeOptions.Resolved) throws -> Site {
        do {
            return try Site(
                server: server, brand: settings.brand, dialects: settings.dialects,
                trustedProxies: settings.trustedProxies
            )
        } catch let error as FrontError {
            throw Failure(error.description, hint: error.hint)
        }
    }

    private static func logger(_ level: Logger.Level) -> Logger {
        LoggingSystem.bootstrap { _ in JSONLogHandler(now: { Date() }) }
        var logger = Logger(label: "keyfob-server")
        logger.logLevel = level
        return logger
    }

    private static func run(_ site: Site, _ address: ListenAddress, _ logger: Logger) async throws {
        let application = Application(
            responder: buildResponder(site),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil
            ),
            services: [CleanUpService(server: site.server, logger: logger)],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                var metadata: Logger.Metadata = [
                    "url": "http://\(address.host):\(port)", "issuer": "\(site.server.issuer)",
                ]
                let hosts = site.fronts.others.map(\.origin)
                if !hosts.isEmpty { metadata["hosts"] = "\(hosts.joined(separator: " "))" }
                logger.info("listening", metadata: metadata)
            },
            logger: logger
        )
        do {
            try await application.runService()
        } catch let error where "\(error)".contains("Address already in use") {
            throw Failure(
                "the port \(address.port) is taken", hint: "stop what uses it, or choose another with --listen"
            )
        }
        try await site.server.database.close()
    }
}
