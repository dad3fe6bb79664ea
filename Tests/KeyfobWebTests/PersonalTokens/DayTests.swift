import FoundationEssentials
import Testing

@testable import KeyfobWeb

struct DayTests {
    @Test(arguments: [
        (0.0, "1970-01-01"), (86_399.999, "1970-01-01"), (86_400, "1970-01-02"), (951_782_400, "2000-02-29"),
        (1_700_000_000, "2023-11-14"), (-1, "1969-12-31"),
    ])
    func `a moment is in its day of UTC`(seconds: Double, text: String) {
        let day = Day(of: Date(timeIntervalSince1970: seconds))
        #expect(day.text == text)
        #expect(Day(text) == day)
    }

    @Test(arguments: ["", "2024", "2024-02-30", "2023-02-29", "2024-00-10", "2024-01-32", "24-01-01", "2024-01-01 "])
    func `what is no day is refused`(text: String) {
        #expect(Day(text) == nil)
    }
}
