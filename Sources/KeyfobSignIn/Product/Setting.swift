/// A setting's value, and what it was taken from.
public struct Setting: Sendable, Equatable {
    /// What a value was taken from, the strongest first.
    public enum Source: Sendable, Hashable {
        /// An option of the command.
        case flag
        /// An environment variable.
        case environment(variable: String)
        /// The profile of this name.
        case profile(String)
        /// The file's own setting.
        case file
        /// The product's facts.
        case standard
    }

    /// The value.
    public let value: String
    /// What it was taken from.
    public let source: Source

    /// Makes a setting.
    public init(_ value: String, from source: Source) {
        self.value = value
        self.source = source
    }

    /// Takes the first value that is there; blank text is none.
    ///
    /// - Parameter candidates: Values and what they would be taken from, the strongest first.
    /// - Returns: The setting; `nil` if no candidate has a value.
    public static func first(_ candidates: [(source: Source, value: String?)]) -> Setting? {
        for (source, text) in candidates {
            if let value = Product.value(text) { return Setting(value, from: source) }
        }
        return nil
    }
}

extension Product {
    /// How profiles are chosen.
    public struct Profiles: Sendable, Hashable {
        /// The profile where nothing names another; `default` by default.
        public let standard: String

        /// Describes profiles.
        public init(standard: String = "default") {
            self.standard = standard
        }

        /// Whether text can be a profile's name: 1 to 64 letters, digits, dots, hyphens and underscores, the first one
        /// a letter or digit.
        public static func isName(_ text: String) -> Bool {
            let bytes = text.utf8
            func isWord(_ byte: UInt8) -> Bool {
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: false
                }
            }
            return (1...64).contains(bytes.count) && bytes.first.map(isWord) ?? false
                && bytes.allSatisfy { isWord($0) || [0x2D, 0x2E, 0x5F].contains($0) }
        }
    }

    /// The active profile: the flag's, else the variable's, else the one that the file points to, else the standard one.
    ///
    /// - Parameters:
    ///   - flag: What the command names.
    ///   - environment: The environment.
    ///   - pointer: What the file names.
    /// - Returns: The profile's name; `nil` for a product without profiles.
    /// - Throws: ``SignInError`` with ``SignInError/Code/invalidProfile`` for text that can't be one.
    public func activeProfile(
        flag: String?, environment: [String: String], pointer: String?
    ) throws(SignInError) -> Setting? {
        guard let profiles else { return nil }
        let setting = Setting.first([
            (.flag, flag), environmentCandidate(variables.profile, environment), (.file, pointer),
            (.standard, profiles.standard),
        ])
        guard let setting, Profiles.isName(setting.value) else {
            throw SignInError(
                .invalidProfile, "that is not the name of a profile",
                hint: "names are letters, digits, dots, hyphens and underscores, at most 64")
        }
        return setting
    }

    /// The service's address: the flag's, else the variable's, else the profile's, else the file's, else the facts'.
    ///
    /// - Parameters:
    ///   - flag: What the command names.
    ///   - environment: The environment.
    ///   - profile: The active profile's name and what it has stored.
    ///   - stored: What the file has for all profiles.
    /// - Returns: The address; `nil` for a product without a fixed service and without any of these.
    public func baseURL(
        flag: String? = nil, environment: [String: String], profile: (name: String, value: String?)? = nil,
        stored: String? = nil
    ) -> Setting? {
        let standard: String? = if case .fixed(let facts) = service { facts.baseURL } else { nil }
        return setting(variables.baseURL, flag, environment, profile, stored, standard: standard)
    }

    /// The project to work in: the flag's, else the variable's, else the profile's, else the file's.
    ///
    /// - Parameters:
    ///   - flag: What the command names.
    ///   - environment: The environment.
    ///   - profile: The active profile's name and what it has stored.
    ///   - stored: What the file has for all profiles.
    /// - Returns: The project; `nil` where nothing names one.
    public func project(
        flag: String? = nil, environment: [String: String], profile: (name: String, value: String?)? = nil,
        stored: String? = nil
    ) -> Setting? {
        setting(variables.project, flag, environment, profile, stored, standard: nil)
    }

    /// The organization to work for: the flag's, else the variable's, else the file's.
    ///
    /// - Parameters:
    ///   - flag: What the command names.
    ///   - environment: The environment.
    ///   - stored: What the file has.
    /// - Returns: The organization; `nil` where nothing names one.
    public func organization(
        flag: String? = nil, environment: [String: String], stored: String? = nil
    ) -> Setting? {
        setting(variables.organization, flag, environment, nil, stored, standard: nil)
    }

    private func setting(
        _ variable: String?, _ flag: String?, _ environment: [String: String],
        _ profile: (name: String, value: String?)?, _ stored: String?, standard: String?
    ) -> Setting? {
        Setting.first([
            (.flag, flag), environmentCandidate(variable, environment),
            (.profile(profile?.name ?? ""), profile?.value), (.file, stored), (.standard, standard),
        ])
    }

    private func environmentCandidate(
        _ variable: String?, _ environment: [String: String]
    ) -> (source: Setting.Source, value: String?) {
        (.environment(variable: variable ?? ""), variable.flatMap { environment[$0] })
    }
}
