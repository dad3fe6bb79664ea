/// The version of everything that is released together.
public enum Version {
    /// The current version.
    public static let current = "0.1.0"
}
