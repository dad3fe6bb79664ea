import KeyfobClient
import KeyfobCredentialFiles
import KeyfobCredentials
public import KeyfobSignIn

extension Session {
    /// The service's address, and where it was chosen: option, variable, profile, file, or the facts.
    ///
    /// - Returns: `nil` for a tool whose service is found by discovery.
    public func baseURL() -> Setting? {
        product.baseURL(
            flag: wishes.baseURL, environment: context.environment, profile: inEntry(cli.stored.baseURL),
            stored: inFile(cli.stored.baseURL))
    }

    /// The address that a flag or a variable names in place of the service's own; `nil` on this machine, where a token
    /// that is sent tells nobody anything.
    ///
    /// Which server a stored token is of, no vendor's file says: it is not sent to another one in order to be ended.
    var foreignAddress: String? {
        guard case .fixed(let facts) = product.service, let setting = baseURL(), setting.value != facts.baseURL,
            WebAddress(setting.value)?.isLoopback != true
        else { return nil }
        switch setting.source {
        case .flag, .environment: return setting.value
        case .profile, .file, .standard: return nil
        }
    }

    /// The project that commands are about, and where it was chosen: option, variable, profile, or file.
    ///
    /// - Returns: `nil` where none is set.
    public func project() -> Setting? {
        product.project(
            flag: wishes.project, environment: context.environment, profile: inEntry(cli.stored.project),
            stored: inFile(cli.stored.project))
    }

    /// The organization that commands are about, and where it was chosen: option, variable, profile, or file.
    ///
    /// - Returns: `nil` where none is set.
    public func organization() -> Setting? {
        product.organization(
            flag: wishes.organization, environment: context.environment,
            stored: inEntry(cli.stored.organization)?.value ?? inFile(cli.stored.organization))
    }

    /// Remembers the project that commands are about, in the first place that the facts name.
    ///
    /// - Parameter name: The project; `nil` forgets it.
    /// - Throws: ``CredentialStoreError``.
    public func setProject(_ name: String?) throws {
        try set(cli.stored.project.first, to: name)
    }

    /// Remembers the organization that commands are about, in the first place that the facts name.
    ///
    /// - Parameter name: The organization; `nil` forgets it.
    /// - Throws: ``CredentialStoreError``.
    public func setOrganization(_ name: String?) throws {
        try set(cli.stored.organization.first, to: name)
    }

    private func set(_ place: StoredSettings.Place?, to text: String?) throws {
        switch place {
        case .entry(let name): try file.setSetting(name, to: text.map { .string($0) }, for: key())
        case .file(let path):
            if let text {
                try file.setValue(.string(text), at: path)
            } else {
                _ = try file.removeValue(at: path)
            }
        case nil: break
        }
    }

    // A file that makes no sense has no settings; whoever needs its credential will say so.
    private func inEntry(_ places: [StoredSettings.Place]) -> (name: String, value: String?)? {
        guard let key = try? key() else { return nil }
        let values = places.compactMap { place in
            if case .entry(let name) = place { text(try? file.setting(name, for: key)) } else { nil }
        }
        return (key, values.first)
    }

    private func inFile(_ places: [StoredSettings.Place]) -> String? {
        let values = places.compactMap { place in
            if case .file(let path) = place { text(try? file.value(at: path)) } else { nil }
        }
        return values.first
    }

    private func text(_ value: DocumentValue?) -> String? {
        value?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
}
