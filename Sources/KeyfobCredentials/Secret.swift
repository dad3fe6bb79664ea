/// A token or password that never describes itself.
///
/// `print`, `dump`, string interpolation and a debugger's summary show `<redacted>`. It is not `Codable`, so no encoder
/// writes it by accident: whoever needs the text asks for it with ``reveal()``.
public struct Secret: Sendable, Hashable {
    private let text: String

    /// Wraps a text that must not be shown.
    public init(_ text: String) {
        self.text = text
    }

    /// Returns the text itself, for the request, the file or the standard output that it is meant for.
    public func reveal() -> String {
        text
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    public var description: String { "<redacted>" }

    /// Always `<redacted>`.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` and test reports show nothing.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
