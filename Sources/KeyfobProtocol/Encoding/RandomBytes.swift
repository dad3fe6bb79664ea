/// A source of random bytes, handed down from a composition root so that nothing below it is unpredictable by itself.
public struct RandomBytes: Sendable {
    private let source: @Sendable (Int) -> [UInt8]

    /// Wraps a source.
    ///
    /// - Parameter source: Returns as many bytes as it is asked for. Outside of tests it must be the operating
    ///   system's cryptographic generator.
    public init(_ source: @escaping @Sendable (Int) -> [UInt8]) {
        self.source = source
    }

    /// A source over a generator that holds no state of its own, such as the system's.
    public init(_ generator: some RandomNumberGenerator & Sendable) {
        self.init { count in
            var generator = generator
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
    }

    /// Random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        source(count)
    }

    /// Characters drawn evenly from an alphabet.
    ///
    /// - Parameters:
    ///   - count: How many characters.
    ///   - alphabet: ASCII characters, between 2 and 256 of them.
    /// - Returns: The characters as text.
    public func characters(_ count: Int, from alphabet: [UInt8]) -> String {
        // Bytes at or over the largest multiple of the alphabet's size would favour its first characters.
        let limit = 256 - 256 % alphabet.count
        var characters: [UInt8] = []
        while characters.count < count {
            for byte in bytes(count - characters.count) where Int(byte) < limit {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return String(decoding: characters, as: UTF8.self)
    }
}
