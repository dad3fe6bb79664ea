import KeyfobProtocol
import KeyfobTestSupport
import Testing

@testable import KeyfobServer

/// Names that nobody chose.
struct IdentifierTests {
    @Test
    func `no identifier can be taken for an option of a command`() {
        let random = RandomBytes.seeded(7)
        // One in 64 would begin with a hyphen.
        for _ in 0..<2_000 {
            let name = random.identifier()
            #expect(!name.hasPrefix("-"))
            #expect(name.utf8.count == 22)
        }
    }
}
