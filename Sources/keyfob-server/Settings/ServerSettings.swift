import Foundation
import KeyfobWeb
import Yams

/// What a settings file says; what it leaves out is `nil`.
struct ServerSettings {
    /// What it says of one dialect.
    struct DialectEntry {
        /// Whether the dialect is on; a dialect that is named at all is, unless this says otherwise.
        var isEnabled = true
        var settings = DialectSettings()
        /// The table, for the lines of errors that are found later.
        var table: SettingsTable
    }

    var listen: String?
    var issuer: String?
    var data: String?
    var logLevel: String?
    var deviceCodeLife: Int?
    var pollInterval: Int?
    var trustedProxies: [String]?
    var name: String?
    var accent: String?
    var accentDark: String?
    var dialects: [String: DialectEntry] = [:]

    /// Says nothing: there is no file.
    init() {}

    /// Reads a file.
    ///
    /// - Throws: ``Failure`` with the line, if the file has one that can't be understood.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                "the settings file \(path) can't be read", hint: "name another with --config or KEYFOB_SERVER_CONFIG"
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure("\(path) is not UTF-8 text", hint: "save it as UTF-8")
        }
        try self.init(SettingsTable(text: text, file: path))
    }

    private init(_ whole: SettingsTable) throws {
        var table = whole
        listen = try table.text("listen")
        issuer = try table.text("issuer")
        data = try table.text("data")
        logLevel = try table.text("log_level")
        deviceCodeLife = try table.number("device_code_life", in: 1...86_400)
        pollInterval = try table.number("poll_interval", in: 1...60)
        trustedProxies = try table.list("trusted_proxies")
        name = try table.text("name")
        accent = try table.text("accent")
        accentDark = try table.text("accent_dark")
        var dialects = try table.table("dialects")
        try table.finish()
        for name in dialects.keys {
            self.dialects[name] = try Self.dialect(dialects.table(name))
        }
    }

    private static func dialect(_ whole: SettingsTable) throws -> DialectEntry {
        var table = whole
        var entry = DialectEntry(table: whole)
        entry.isEnabled = try table.flag("enabled") ?? true
        entry.settings.name = try table.text("name")
        entry.settings.accent = try table.text("accent")
        entry.settings.accentDark = try table.text("accent_dark")
        var hosts = try table.table("hosts")
        entry.settings.hosts = try hosts.rest { $0.scalar?.string }
        var scopes = try table.table("scopes")
        entry.settings.scopes = try scopes.rest { $0.scalar?.string }
        // What else a dialect understands is for the dialect to say.
        entry.settings.options = try table.rest { node in
            if let flag = node.bool { return .flag(flag) }
            if let number = node.int { return .number(number) }
            return node.scalar.map { .text($0.string) }
        }
        return entry
    }
}

extension ServerSettings.DialectEntry {
    /// An error of the dialect itself, at the setting's line.
    func failure(_ error: DialectSettingError) -> Failure {
        var place = table
        for name in error.path.dropLast() { place = (try? place.table(name)) ?? place }
        return table.failure(place.line(of: error.path.last ?? ""), error.message, error.hint)
    }
}
