import KeyfobProtocol
import Synchronization

/// SplitMix64: the same numbers from the same seed, so that a failing round can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from zero up to a limit, which is excluded.
    mutating func below(_ limit: Int) -> Int {
        Int(next() % UInt64(limit))
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}

extension RandomBytes {
    /// A source that repeats itself from the same seed.
    static func seeded(_ seed: UInt64) -> RandomBytes {
        let generator = SharedGenerator(seed: seed)
        return RandomBytes { generator.bytes($0) }
    }

    /// A source that hands out these bytes, over and over.
    static func cycling(_ bytes: [UInt8]) -> RandomBytes {
        let position = SharedPosition()
        return RandomBytes { count in position.advance(by: count).map { bytes[$0 % bytes.count] } }
    }
}

private final class SharedGenerator: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { $0.bytes(count) }
    }
}

private final class SharedPosition: Sendable {
    private let position = Mutex(0)

    func advance(by count: Int) -> Range<Int> {
        position.withLock { start in
            defer { start += count }
            return start..<start + count
        }
    }
}
