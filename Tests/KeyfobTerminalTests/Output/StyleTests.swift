import KeyfobTerminal
import Testing

@Suite("Styles")
struct StyleTests {
    // ECMA-48, section 8.3.117: 1 bold, 2 faint, 31 red, 32 green, 33 yellow, 34 blue, 36 cyan, 0 default.
    @Test func `styles are the terminal's own sequences`() throws {
        let pseudo = try PseudoTerminal()
        let terminal = pseudo.terminal()
        #expect(terminal.styled("x", .green) == "\u{1B}[32mx\u{1B}[0m")
        #expect(terminal.styled("x", .bold, .red) == "\u{1B}[1;31mx\u{1B}[0m")
        #expect(terminal.styled("x", .dim, on: .error) == "\u{1B}[2mx\u{1B}[0m")
        #expect(terminal.styled("x", .rgb(red: 99, green: 102, blue: 241)) == "\u{1B}[38;2;99;102;241mx\u{1B}[0m")
        #expect(terminal.styled("x") == "x")
        #expect(terminal.styled("", .bold) == "")
    }

    @Test func `where colour is not wanted the text stays plain`() throws {
        let pipe = try Pipe()
        #expect(pipe.asOutput.styled("x", .bold, .green) == "x")
    }

    @Test func `a text from elsewhere can't command the terminal`() {
        #expect(Terminal.harmless("a\u{1B}[2Jb\u{7}c\u{9B}d\re\u{202E}f\u{7F}") == "a�[2Jb�c�d�e�f�")
        #expect(Terminal.harmless("line\n\tschön 🔑 日本") == "line\n\tschön 🔑 日本")
    }
}
