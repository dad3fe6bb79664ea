/// What an operator's settings file says of a dialect; what is absent stays as the dialect has it.
package struct DialectSettings: Sendable, Equatable {
    /// The product's name on its pages.
    package var name: String?
    /// The colour of buttons on light pages.
    package var accent: String?
    /// The same on dark pages.
    package var accentDark: String?
    /// Origins by the parts that the hosts play.
    package var hosts: [String: String] = [:]
    /// What scopes allow, in other words.
    package var scopes: [String: String] = [:]
    /// The dialect's own options.
    package var options: [String: Dialect.OptionValue] = [:]

    /// Says nothing yet.
    package init() {}
}

/// A setting of a dialect that can't be used.
package struct DialectSettingError: Error, Equatable {
    /// The setting, from the dialect's own table inwards.
    package let path: [String]
    /// What is wrong.
    package let message: String
    /// What to do about it.
    package let hint: String

    /// Makes an error.
    package init(path: [String], message: String, hint: String) {
        self.path = path
        self.message = message
        self.hint = hint
    }
}

extension Dialect {
    /// The dialect as the operator wants it.
    ///
    /// - Throws: ``DialectSettingError`` for the first setting that can't be used.
    package func configured(by settings: DialectSettings) throws(DialectSettingError) -> Dialect {
        var dialect = self
        dialect.brand = try brand(settings)
        for (role, text) in settings.hosts.sorted(by: { $0.key < $1.key }) {
            dialect.origins[role] = try origin(role, text)
        }
        for (scope, words) in settings.scopes.sorted(by: { $0.key < $1.key }) {
            guard dialect.scopeWords[scope] != nil else {
                throw unknown(["scopes", scope], among: Array(scopeWords.keys), "the scopes are")
            }
            dialect.scopeWords[scope] = words
        }
        for (name, value) in settings.options.sorted(by: { $0.key < $1.key }) {
            guard let option = options.first(where: { $0.name == name }) else {
                throw unknown([name], among: options.map(\.name), "the dialect's own settings are")
            }
            try option.apply(value, to: &dialect)
        }
        return dialect
    }

    private func brand(_ settings: DialectSettings) throws(DialectSettingError) -> Brand {
        // Without a dark accent of its own, a new accent is used on dark pages as well.
        let dark = settings.accentDark ?? settings.accent ?? brand.accentDark
        do {
            return try Brand(
                name: settings.name ?? brand.name, accent: (settings.accent ?? brand.accent).lowercased(),
                accentDark: dark.lowercased()
            )
        } catch {
            throw DialectSettingError(brand: error, in: settings.accent, or: settings.accentDark)
        }
    }

    private func origin(_ role: String, _ text: String) throws(DialectSettingError) -> Origin {
        guard hosts.contains(where: { $0.name == role }) else {
            throw unknown(["hosts", role], among: hosts.map(\.name), "the hosts are")
        }
        guard let origin = Origin(text) else {
            throw DialectSettingError(
                path: ["hosts", role], message: "\(text) can't be a host",
                hint: "use https://HOST without a path, or http with 127.0.0.1, [::1] or a name under localhost"
            )
        }
        return origin
    }

    private func unknown(_ path: [String], among names: [String], _ words: String) -> DialectSettingError {
        let list = names.sorted().joined(separator: ", ")
        return DialectSettingError(
            path: path, message: "\(name) has no \(path.joined(separator: "."))",
            hint: names.isEmpty ? "leave it out" : "\(words): \(list)"
        )
    }
}

extension DialectSettingError {
    /// Why a brand was refused, by the setting that caused it.
    fileprivate init(brand error: BrandError, in accent: String?, or dark: String?) {
        switch error {
        case .emptyName:
            self.init(path: ["name"], message: "the name has nothing that can be shown", hint: "use letters")
        case .malformedColour(let colour):
            self.init(
                path: [accent?.lowercased() == colour ? "accent" : "accent_dark"],
                message: "\(colour) is not a colour", hint: "write # and six hexadecimal digits, in quotes"
            )
        }
    }
}
