import KeyfobServer
import KeyfobWeb

/// A settings file in which everything is a comment.
enum SettingsExample {
    /// The file's text.
    static func text(_ dialects: [Dialect]) -> String {
        let policy = Policy()
        var lines = """
            # Settings of keyfob-server. A command's flags win over the environment, and that over this file.

            # HOST:PORT to listen on.                                                  [KEYFOB_SERVER_LISTEN]
            #listen: 127.0.0.1:8080
            # The URL that people and programs see: https, or http on this machine.    [KEYFOB_SERVER_ISSUER]
            #issuer: https://login.example.com
            # The folder for the database and the root key.                            [KEYFOB_SERVER_DATA]
            #data: /var/lib/keyfob
            # What to log: debug, info, notice, warning, error.                        [KEYFOB_SERVER_LOG_LEVEL]
            #log_level: info
            # How long a device code lives, in seconds.
            #device_code_life: \(policy.deviceCodeLife)
            # Seconds that devices are asked to wait between polls.
            #poll_interval: \(policy.pollInterval)
            # Proxies whose X-Forwarded-For is believed: addresses and ranges.          [KEYFOB_SERVER_TRUSTED_PROXIES]
            #trusted_proxies: [127.0.0.1, "::1"]

            # The name and colour of the pages. Colours need quotes: # begins a comment.
            #name: \(Brand.keyfob.name)
            #accent: "\(Brand.keyfob.accent)"
            #accent_dark: "\(Brand.keyfob.accentDark)"

            # Products whose own wire is spoken as well: one that is named here is on, unless enabled is false.
            # Its hosts lead to this server, too; a proxy passes their Host on as it came.
            #dialects:
            """.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        for dialect in dialects { lines += example(of: dialect) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func example(of dialect: Dialect) -> [String] {
        var lines = [
            "#  \(dialect.name):", "#    enabled: true", "#    name: \(dialect.brand.name)",
            "#    accent: \"\(dialect.brand.accent)\"", "#    accent_dark: \"\(dialect.brand.accentDark)\"",
        ]
        if !dialect.hosts.isEmpty {
            lines.append("#    hosts:")
            lines += dialect.hosts.map { "#      \($0.name): https://\($0.name).\(dialect.name).example.com" }
        }
        if !dialect.scopeWords.isEmpty {
            lines.append("#    scopes:")
            lines += dialect.scopeWords.sorted { $0.key < $1.key }.map { "#      \($0.key): \($0.value)" }
        }
        for option in dialect.options {
            lines += ["#    # \(option.words)", "#    \(option.name): …"]
        }
        return lines
    }
}
