import KeyfobProtocol
import Testing

struct RandomBytesTests {
    @Test func `bytes that would favour some characters are thrown away`() {
        // 250 is the largest multiple of ten: 250 to 255 are not used.
        let random = RandomBytes.cycling([250, 0, 255, 9, 251, 10, 249])
        #expect(random.characters(4, from: Array("0123456789".utf8)) == "0909")
    }

    @Test func `an alphabet of 256 characters or of a divisor of 256 uses every byte`() {
        #expect(RandomBytes.cycling([255, 0]).characters(2, from: Array("0123456789abcdef".utf8)) == "f0")
    }

    @Test func `all characters of an alphabet come up about equally often`() {
        let text = RandomBytes.seeded(1).characters(62_000, from: Base62.alphabet)
        let counts = Dictionary(text.utf8.map { ($0, 1) }, uniquingKeysWith: +)
        #expect(counts.count == 62)
        #expect(counts.values.allSatisfy { (800...1200).contains($0) })
    }

    @Test func `no character or a negative number of them is empty`() {
        #expect(RandomBytes.seeded(1).characters(0, from: Base62.alphabet).isEmpty)
        #expect(RandomBytes.seeded(1).characters(-1, from: Base62.alphabet).isEmpty)
    }

    @Test func `a generator gives as many bytes as are asked for`() {
        let random = RandomBytes(SeededGenerator(seed: 7))
        #expect(random.bytes(0) == [])
        #expect(random.bytes(33).count == 33)
        #expect(Set(random.bytes(64)).count > 32)
    }
}
