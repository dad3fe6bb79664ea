import KeyfobCommands

/// The public key that an organization's table in the configuration names as the default.
struct DefaultKey {
    let session: Session
    let organization: String

    private var keyPath: [String] { [organization, "default_public_key"] }
    private var namePath: [String] { [organization, "default_public_key_name"] }

    /// The key; the variable of the vendor's client wins.
    func value() throws -> String? {
        if let text = Main.environment["PIPECAT_DEFAULT_PUBLIC_KEY"], !text.isEmpty { return text }
        return try session.file.value(at: keyPath)?.text
    }

    func set(_ key: String, name: String) throws {
        try session.file.setValue(.string(key), at: keyPath)
        try session.file.setValue(.string(name), at: namePath)
    }

    /// Forgets it if it is this key.
    ///
    /// - Returns: Whether it was.
    func forget(_ key: String) throws -> Bool {
        guard try session.file.value(at: keyPath)?.text == key else { return false }
        _ = try session.file.removeValue(at: keyPath)
        _ = try session.file.removeValue(at: namePath)
        return true
    }
}
