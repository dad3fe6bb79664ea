/// Names files after their contents, so that browsers may keep them for ever.
enum Fingerprint {
    /// A path such as `/assets/0123456789abcdef.css`.
    static func path(of text: String, suffix: String) -> String {
        let digits = String(fingerprint(text), radix: 16)
        return "/assets/" + String(repeating: "0", count: 16 - digits.count) + digits + "." + suffix
    }

    /// FNV-1a of 64 bits: tells versions apart, and protects nothing.
    static func fingerprint(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
    }
}
