package import KeyfobProtocol
import Synchronization

extension RandomBytes {
    /// SplitMix64: the same bytes from the same seed, so that a failure can be seen again.
    package static func seeded(_ seed: UInt64) -> RandomBytes {
        let generator = SeededGenerator(seed: seed)
        return RandomBytes { generator.bytes($0) }
    }
}

private final class SeededGenerator: Sendable {
    private let state: Mutex<UInt64>

    init(seed: UInt64) {
        state = Mutex(seed)
    }

    func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in (0..<count).map { _ in Self.next(&state) } }
    }

    private static func next(_ state: inout UInt64) -> UInt8 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
    }
}
