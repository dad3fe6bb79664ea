import ArgumentParser
import Foundation
import Hummingbird
import KeyfobDialects
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
            """
    )

    @Option(help: "HOST:PORT to listen on; port 0 takes a free one. [KEYFOB_SERVER_LISTEN]")
    var listen = ProcessInfo.processInfo.environment["KEYFOB_SERVER_LISTEN"] ?? "127.0.0.1:8080"
    @Option(
        name: .customLong("issuer"),
        help: "The URL that people and programs see; http://HOST:PORT by default. [KEYFOB_SERVER_ISSUER]"
    )
    var issuerOption: String?
    @Option(name: .customLong("dialect"), help: "A product's own wire to speak as well. Repeat.")
    var dialects: [String] = []
    @Option(name: .customLong("device-code-life"), help: "How long a device code lives, in seconds.")
    var deviceCodeLife = Policy().deviceCodeLife
    @Option(help: "Seconds that devices are asked to wait between polls.")
    var pollInterval = Policy().pollInterval
    @Option(help: "What to log: debug, info, notice, warning, error.")
    var logLevel = "info"
    @OptionGroup var data: DataFolder

    func run() async throws {
        try await Failure.reporting {
            let address = try ListenAddress(listen)
            let chosen = try chosenDialects()
            let logger = try Self.logger(logLevel)
            let named = issuerOption ?? ProcessInfo.processInfo.environment["KEYFOB_SERVER_ISSUER"]
            let issuer = try IssuerURL(named ?? "http://\(address.text)").text
            if named == nil, address.port == 0 {
                throw Failure("with port 0 the issuer is unknown", hint: "name it with --issuer, or choose a port")
            }
            let server = try await open(issuer, chosen)
            let site = try Site(server: server, dialects: chosen)
            try await Self.run(site, address, logger)
        }
    }

    private func open(_ issuer: String, _ dialects: [Dialect]) async throws -> AuthorizationServer {
        var policy = Policy()
        policy.deviceCodeLife = deviceCodeLife
        policy.pollInterval = pollInterval
        let server = try await data.openServer(issuer: issuer, policy: policy)
        for client in dialects.flatMap(\.clients) {
            try await server.ensureClient(id: client.id, name: client.name, settings: client.settings)
        }
        return server
    }

    private func chosenDialects() throws -> [Dialect] {
        try dialects.map { name in
            guard let dialect = Dialects.all.first(where: { $0.name == name }) else {
                let names = Dialects.all.map(\.name).joined(separator: ", ")
                throw Failure("there is no dialect \(name)", hint: "the dialects are: \(names)")
            }
            return dialect
        }
    }

    private static func logger(_ name: String) throws -> Logger {
        guard let level = Logger.Level(rawValue: name) else {
            throw Failure("\(name) is not a log level", hint: "use debug, info, notice, warning or error")
        }
        LoggingSystem.bootstrap { _ in JSONLogHandler(now: { Date() }) }
        var logger = Logger(label: "keyfob-server")
        logger.logLevel = level
        return logger
    }

    private static func run(_ site: Site, _ address: ListenAddress, _ logger: Logger) async throws {
        let application = Application(
            router: buildRouter(site),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil
            ),
            services: [CleanUpService(server: site.server, logger: logger)],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                logger.info(
                    "listening", metadata: ["url": "http://\(address.host):\(port)", "issuer": "\(site.server.issuer)"]
                )
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
