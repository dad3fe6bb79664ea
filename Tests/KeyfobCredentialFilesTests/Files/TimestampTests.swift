import KeyfobCredentialFiles
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Timestamps")
struct TimestampTests {
    // The examples of RFC 3339, section 5.8, and of the calendar's edges.
    @Test(arguments: [
        ("1985-04-12T23:20:50.52Z", 482_196_050.52), ("1996-12-19T16:39:57-08:00", 851_042_397),
        ("1990-12-31T23:59:60Z", 662_688_000), ("1937-01-01T12:00:27.87+00:20", -1_041_337_172.13),
        ("1970-01-01T00:00:00Z", 0), ("2024-12-31", 1_735_603_200), ("2024-02-29 12:00:00", 1_709_208_000),
        ("2000-02-29t00:00:00z", 951_782_400), ("0000-01-01T00:00:00Z", -62_167_219_200),
    ])
    func `RFC 3339 and dates alone are read`(_ text: String, _ seconds: Double) {
        #expect(Timestamp.time(text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(arguments: [
        "", "2024", "2024-13-01", "2023-02-29", "1900-02-29", "2024-12-31T", "2024-12-31T24:00:00Z",
        "2024-12-31T00:00Z",
        "2024-12-31T00:00:00.Z", "2024-12-31T00:00:00+0100", "2024-12-31T00:00:00Zx", "soon", "２０２４-12-31",
    ])
    func `what is no time is none`(_ text: String) {
        #expect(Timestamp.time(text) == nil)
    }

    @Test(arguments: [0.0, 951_782_399, 951_782_400, 1_735_603_200, 253_402_300_799, -62_167_219_200, -1])
    func `what is written is read back`(_ seconds: Double) throws {
        let time = Date(timeIntervalSince1970: seconds)
        #expect(try Timestamp.time(#require(Timestamp.text(time))) == time)
    }

    @Test func `a time is written in UTC and whole seconds, and not beyond four digits of a year`() {
        #expect(Timestamp.text(Date(timeIntervalSince1970: 1_735_603_199.6)) == "2024-12-31T00:00:00Z")
        #expect(Timestamp.text(Date(timeIntervalSince1970: 253_402_300_800)) == nil)
        #expect(Timestamp.text(.distantFuture.addingTimeInterval(1e15)) == nil)
    }
}
