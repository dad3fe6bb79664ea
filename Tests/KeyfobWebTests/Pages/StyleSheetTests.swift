import KeyfobWeb
import Testing

struct StyleSheetTests {
    @Test
    func `the path names the content`() throws {
        let other = try Brand(name: "Keyfob", accent: "#111318")
        let path = StyleSheet.path(brand: .keyfob)
        #expect(path.hasPrefix("/assets/") && path.hasSuffix(".css"))
        #expect(path.utf8.count == "/assets/0123456789abcdef.css".utf8.count)
        #expect(StyleSheet.path(brand: .keyfob) != StyleSheet.path(brand: other))
        #expect(StyleSheet.path(brand: other) == StyleSheet.path(brand: other))
    }

    @Test
    func `text on the accent is the better readable of black and white`() throws {
        let brand = try Brand(name: "Example", accent: "#123456", accentDark: "#ffd400")
        let text = StyleSheet.text(brand: brand)
        #expect(text.hasPrefix(":root{--accent:#123456;--on-accent:#ffffff}"))
        #expect(text.contains("(prefers-color-scheme:dark){:root{--accent:#ffd400;--on-accent:#000000}}"))
    }

    @Test(arguments: ["", "#fff", "red", "#12345g", "#ABCDEF", "#1234567", "#12345;", "#0000}{", "#00000\u{0660}"])
    func `a colour written otherwise is refused`(colour: String) {
        #expect(throws: BrandError.malformedColour(colour)) { try Brand(name: "Example", accent: colour) }
        #expect(throws: BrandError.malformedColour(colour)) {
            try Brand(name: "Example", accent: "#000000", accentDark: colour)
        }
    }

    @Test(arguments: ["", " \n", "\u{202E}\u{0}"])
    func `a brand without a name to show is refused`(name: String) {
        #expect(throws: BrandError.emptyName) { try Brand(name: name, accent: "#000000") }
    }

    @Test
    func `braces of the rules are balanced and the sheet stays small`() {
        let text = StyleSheet.text(brand: .keyfob)
        let opened = text.split(separator: "{", omittingEmptySubsequences: false).count
        let closed = text.split(separator: "}", omittingEmptySubsequences: false).count
        #expect(opened == closed)
        #expect(text.utf8.count < 12_000)
    }
}
