/// A setting that people read and write by its name, as `config get` and `config set` do.
public struct NamedSetting: Sendable, Equatable {
    /// What its value is.
    public enum Kind: Sendable, Equatable {
        /// Any text.
        case text
        /// One of these words.
        case choice([String])
        /// A whole number.
        case number
        /// True or false.
        case flag
        /// A token: shown by its first characters, and never set by name.
        case secret
        /// Shown, and written by other commands only.
        case fixed
    }

    /// The name, such as `defaults.project`.
    public let name: String
    /// Where it is in the file.
    public let place: StoredSettings.Place
    /// What its value is.
    public let kind: Kind
    /// What applies where it is not set; `nil` is nothing.
    public let standard: String?

    /// Describes a setting; any text, kept at the path that its name spells, by default.
    public init(
        _ name: String, at place: StoredSettings.Place? = nil, kind: Kind = .text, standard: String? = nil
    ) {
        self.name = name
        self.place = place ?? .file(name.split(separator: ".").map(String.init))
        self.kind = kind
        self.standard = standard
    }
}
