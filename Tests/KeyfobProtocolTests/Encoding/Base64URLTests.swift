import KeyfobProtocol
import Testing

/// [RFC 4648 sections 5 and 10](https://www.rfc-editor.org/rfc/rfc4648#section-10), without padding as RFC 7515 wants.
struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648 are encoded and decoded`(plain: String, encoded: String) {
        #expect(Base64URL.encode(plain.utf8) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    @Test func `the example of RFC 7515 appendix C is encoded and decoded`() {
        let bytes: [UInt8] = [3, 236, 255, 224, 193]
        #expect(Base64URL.encode(bytes) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == bytes)
    }

    @Test func `every byte survives at every position`() {
        for byte in UInt8.min...UInt8.max {
            for bytes in [[byte], [0, byte], [0, 0, byte], [byte, 255, 255, 255]] {
                #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            }
        }
    }

    @Test(arguments: [
        "Zg==", "Zm8=", "=", "A+z/4ME", "Zm 9v", "Zm9v\n", " Zm9v", "Zm9v\r\n", "Zm9v\0", "Zm9.", "Zmöv", "\u{212A}m9v",
        "Zm9v\u{301}",
    ])
    func `padding and foreign characters are refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(arguments: ["A", "AAAAA", "Zm9vY"])
    func `an impossible length is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(arguments: ["Zh", "Zn", "Zm9", "Zm-", "A-z_4MF"])
    func `a second spelling of the same bytes is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}
