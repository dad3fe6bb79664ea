/// Where in a product's file its settings are, as facts: each a list of places, the first that has a value counting.
public struct StoredSettings: Sendable, Equatable {
    /// A place in the file.
    public enum Place: Sendable, Equatable {
        /// A setting of the entry in use (the profile), by the name that the layout has for it.
        case entry(String)
        /// A member of the whole file, by its path.
        case file([String])
    }

    /// The service's address.
    public var baseURL: [Place]
    /// The project that commands are about.
    public var project: [Place]
    /// The organization that commands are about.
    public var organization: [Place]

    /// Names the places; none by default.
    public init(baseURL: [Place] = [], project: [Place] = [], organization: [Place] = []) {
        self.baseURL = baseURL
        self.project = project
        self.organization = organization
    }
}
