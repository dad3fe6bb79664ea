#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How bright a colour is, from 0 (black) to 1 (white), as WCAG 2.2 defines relative luminance.
struct Luminance {
    private let value: Double

    /// The luminance of a checked `#rrggbb` colour.
    init(of colour: String) {
        let number = UInt32(colour.dropFirst(), radix: 16) ?? 0
        let weights = [(16, 0.2126), (8, 0.7152), (0, 0.0722)]
        value = weights.reduce(0) { sum, part in
            sum + part.1 * Self.linear(Double((number >> part.0) & 0xff) / 255)
        }
    }

    /// Black or white, whichever has the higher contrast to this colour.
    var readableText: String {
        1.05 / (value + 0.05) >= (value + 0.05) / 0.05 ? "#ffffff" : "#000000"
    }

    private static func linear(_ channel: Double) -> Double {
        channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
    }
}
