public import KeyfobProtocol

/// A path below a service's address, such as `/v1/organizations/acme/keys`, with its query.
///
/// Written as a literal, whose interpolated values are percent-encoded: a name from a file or a server can't become
/// another path.
public struct ResourcePath: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The path as it is sent, beginning with a slash.
    public let text: String

    /// Wraps a literal.
    public init(stringLiteral text: String) {
        self.text = text
    }

    /// Makes a path of a literal and its values.
    public init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    /// Wraps a path that is a fact of the program, as it stands.
    public init(verbatim text: String) {
        self.text = text
    }

    /// A path with a query; fields without a value are left out.
    public func with(_ query: FormFields) -> ResourcePath {
        guard !query.fields.isEmpty else { return self }
        return ResourcePath(verbatim: text + (text.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + query.encoded)
    }

    /// The path as it is sent.
    public var description: String { text }

    /// Builds a path from a literal.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        /// Begins with nothing.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds a part of the literal as it stands.
        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        /// Adds a value, encoded to one segment: names of dots only would be steps between folders.
        public mutating func appendInterpolation(_ value: String) {
            let isDots = value == "." || value == ".."
            text += isDots ? value.map { _ in "%2E" }.joined() : PercentEncoding.encode(value)
        }
    }
}
