import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobSignIn
import KeyfobTerminal

extension Session {
    /// The value of a setting of ``ProductCLI/settings``.
    ///
    /// - Parameter name: The setting's name.
    /// - Returns: The value as text, a secret shortened; `nil` where it is not set and nothing applies instead.
    /// - Throws: ``Failure`` that lists the names for one that is not among them; ``CredentialStoreError``.
    public func namedValue(_ name: String) throws -> String? {
        let setting = try namedSetting(name)
        guard let text = try value(at: setting.place) else { return setting.standard }
        return setting.kind == .secret ? shortened(text, to: product.shownCharacters) : text
    }

    /// Sets a setting of ``ProductCLI/settings``, or removes it.
    ///
    /// - Parameters:
    ///   - name: The setting's name.
    ///   - text: The value; `nil` removes it.
    /// - Throws: ``Failure`` for a name or value that can't be; ``CredentialStoreError``.
    public func setNamedValue(_ name: String, to text: String?) throws {
        let setting = try namedSetting(name)
        let value = try text.map { try checked($0, setting) }
        guard setting.kind != .secret, setting.kind != .fixed else {
            throw Failure(
                "usage", "\(name) can't be set by name", hint: "run '\(product.signInCommand)'", exit: .usage)
        }
        switch setting.place {
        case .entry(let member): try file.setSetting(member, to: value, for: key())
        case .file(let path):
            if let value {
                try file.setValue(value, at: path)
            } else {
                _ = try file.removeValue(at: path)
            }
        }
    }

    private func namedSetting(_ name: String) throws(Failure) -> NamedSetting {
        if let setting = cli.settings.first(where: { $0.name == name }) { return setting }
        let names = cli.settings.map(\.name)
        let near = Suggestion.closest(to: name, among: names).map { "did you mean '\($0)'? " } ?? ""
        throw Failure(
            "usage", "there is no setting '\(Terminal.harmless(name))'",
            hint: "\(near)the settings are \(names.joined(separator: ", "))", exit: .usage)
    }

    private func value(at place: StoredSettings.Place) throws -> String? {
        let value: DocumentValue? =
            switch place {
            case .entry(let name): try file.setting(name, for: key())
            case .file(let path): try file.value(at: path)
            }
        if let flag = value?.bool { return flag ? "true" : "false" }
        return value.flatMap { $0.text ?? $0.spelling }
    }

    private func checked(_ text: String, _ setting: NamedSetting) throws(Failure) -> DocumentValue {
        switch setting.kind {
        case .text, .secret, .fixed:
            return .string(text)
        case .choice(let words):
            guard words.contains(text) else {
                throw wrong(text, setting, "it is one of \(words.joined(separator: ", "))")
            }
            return .string(text)
        case .number:
            guard let number = Int64(text) else { throw wrong(text, setting, "it is a whole number") }
            return .number(String(number))
        case .flag:
            guard text == "true" || text == "false" else { throw wrong(text, setting, "it is true or false") }
            return .bool(text == "true")
        }
    }

    private func wrong(_ text: String, _ setting: NamedSetting, _ hint: String) -> Failure {
        Failure("usage", "'\(Terminal.harmless(text))' is no value for \(setting.name)", hint: hint, exit: .usage)
    }

    /// Removes all settings of ``ProductCLI/settings`` that can be set by name; logins stay.
    ///
    /// - Returns: Where a file that made no sense was kept, if it was one.
    /// - Throws: ``CredentialStoreError``.
    public func resetNamedValues() throws -> String? {
        do {
            for setting in cli.settings where setting.kind != .secret && setting.kind != .fixed {
                try setNamedValue(setting.name, to: nil)
            }
            return nil
        } catch let error as CredentialStoreError where error.code == .corrupt {
            return try file.setAside().map { shown($0) }
        }
    }

    /// The credential file's text with its secrets shortened, as `config show` prints it.
    ///
    /// - Returns: `nil` where there is no file.
    /// - Throws: ``CredentialStoreError`` for a file that makes no sense.
    public func redactedFile() throws -> String? {
        let shown = min(product.shownCharacters, 12)
        return try file.text(
            redacting: { shortened($0.reveal(), to: shown) },
            isSecret: { path in
                let name = path.last?.lowercased() ?? ""
                let words = ["token", "secret", "password", "credential"]
                if words.contains(where: { name.contains($0) }) { return true }
                // In a table of such, the names are whatever people call theirs.
                if path.dropLast().contains(where: { name in words.contains { name.lowercased() == $0 + "s" } }) {
                    return true
                }
                return name.hasSuffix("_key") && name != "public_key"
            })
    }

    // Of a short one, the beginning would be most of it.
    private func shortened(_ secret: String, to count: Int) -> String {
        secret.count > 2 * count ? "\(secret.prefix(count))****" : "****"
    }
}
