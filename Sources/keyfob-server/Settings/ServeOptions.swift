import ArgumentParser
import Foundation
import KeyfobDialects
import KeyfobServer
import KeyfobWeb
import Logging

/// What `serve` runs with: flags, then the environment, then the settings file, then what is right for most.
struct ServeOptions: ParsableArguments {
    @Option(help: "HOST:PORT to listen on; port 0 takes a free one. [KEYFOB_SERVER_LISTEN]")
    var listen: String?
    @Option(help: "The URL that people and programs see; http://HOST:PORT by default. [KEYFOB_SERVER_ISSUER]")
    var issuer: String?
    @Option(name: .customLong("dialect"), help: "A product's own wire to speak as well. Repeat.")
    var dialects: [String] = []
    @Option(help: "How long a device code lives, in seconds.")
    var deviceCodeLife: Int?
    @Option(help: "Seconds that devices are asked to wait between polls.")
    var pollInterval: Int?
    @Option(
        name: .customLong("trusted-proxy"),
        help:
            "A proxy whose X-Forwarded-For is believed: an address or a range. Repeat. [KEYFOB_SERVER_TRUSTED_PROXIES]"
    )
    var trustedProxies: [String] = []
    @Option(help: "What to log: debug, info, notice, warning, error. [KEYFOB_SERVER_LOG_LEVEL]")
    var logLevel: String?
    @OptionGroup var folder: DataFolder

    /// Everything that was decided.
    struct Resolved {
        let address: ListenAddress
        let issuer: String
        let data: String
        let policy: Policy
        let brand: Brand
        let dialects: [Dialect]
        let trustedProxies: TrustedProxies
        let logLevel: Logger.Level
    }

    /// Decides everything, once.
    ///
    /// - Throws: ``Failure`` for the first thing that can't be.
    func resolve() throws -> Resolved {
        let file = try folder.settings()
        let address = try ListenAddress(listen ?? Environment["LISTEN"] ?? file.listen ?? "127.0.0.1:8080")
        return Resolved(
            address: address, issuer: try resolveIssuer(file, address), data: try folder.path(), policy: policy(file),
            brand: try brand(file), dialects: try resolveDialects(file), trustedProxies: try proxies(file),
            logLevel: try level(logLevel ?? Environment["LOG_LEVEL"] ?? file.logLevel ?? "info")
        )
    }

    private func resolveIssuer(_ file: ServerSettings, _ address: ListenAddress) throws -> String {
        guard let named = issuer ?? Environment["ISSUER"] ?? file.issuer else {
            guard address.port != 0 else {
                throw Failure("with port 0 the issuer is unknown", hint: "name it with --issuer, or choose a port")
            }
            return try IssuerURL("http://\(address.text)").text
        }
        return try IssuerURL(named).text
    }

    private func policy(_ file: ServerSettings) -> Policy {
        var policy = Policy()
        policy.deviceCodeLife = deviceCodeLife ?? file.deviceCodeLife ?? policy.deviceCodeLife
        policy.pollInterval = pollInterval ?? file.pollInterval ?? policy.pollInterval
        return policy
    }

    private func brand(_ file: ServerSettings) throws -> Brand {
        let own = Brand.keyfob
        do {
            return try Brand(
                name: file.name ?? own.name, accent: (file.accent ?? own.accent).lowercased(),
                accentDark: (file.accentDark ?? file.accent ?? own.accentDark).lowercased()
            )
        } catch .emptyName {
            throw Failure("the name has nothing that can be shown", hint: "use letters")
        } catch .malformedColour(let colour) {
            throw Failure("\(colour) is not a colour", hint: "write # and six hexadecimal digits, in quotes")
        }
    }

    private func resolveDialects(_ file: ServerSettings) throws -> [Dialect] {
        let inFile = file.dialects.filter(\.value.isEnabled).map(\.key)
        for name in dialects + file.dialects.keys where !Dialects.all.contains(where: { $0.name == name }) {
            let names = Dialects.all.map(\.name).joined(separator: ", ")
            throw Failure("there is no dialect \(name)", hint: "the dialects are: \(names)")
        }
        return try Dialects.all.filter { dialects.contains($0.name) || inFile.contains($0.name) }.map { dialect in
            guard let entry = file.dialects[dialect.name] else { return dialect }
            do {
                return try dialect.configured(by: entry.settings)
            } catch let error as DialectSettingError {
                throw entry.failure(error)
            }
        }
    }

    private func proxies(_ file: ServerSettings) throws -> TrustedProxies {
        let inEnvironment = Environment["TRUSTED_PROXIES"].map { $0.split(separator: ",").map { String($0) } }
        do {
            return try TrustedProxies(
                trustedProxies.isEmpty ? inEnvironment ?? file.trustedProxies ?? [] : trustedProxies
            )
        } catch {
            throw Failure(
                "\(error.text) is not a proxy's address",
                hint: "write an address or a range whose last bits are zero, such as 127.0.0.1 or 10.0.0.0/8"
            )
        }
    }

    private func level(_ name: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: name) else {
            throw Failure("\(name) is not a log level", hint: "use debug, info, notice, warning or error")
        }
        return level
    }
}

/// The variables that the operator's commands read.
enum Environment {
    /// The value of `KEYFOB_SERVER_` and a name; an empty one counts as unset.
    static subscript(_ name: String) -> String? {
        ProcessInfo.processInfo.environment["KEYFOB_SERVER_" + name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
