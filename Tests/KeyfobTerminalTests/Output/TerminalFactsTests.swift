import KeyfobTerminal
import Testing

@Suite("What is known of the streams")
struct TerminalFactsTests {
    @Test func `a terminal is one, with its colours and its width`() throws {
        let pseudo = try PseudoTerminal(columns: 132)
        let terminal = pseudo.terminal()
        #expect(terminal.inputIsTerminal && terminal.outputIsTerminal && terminal.errorIsTerminal)
        #expect(terminal.usesColor)
        #expect(terminal.usesColor(on: .error))
        #expect(terminal.width == 132)
    }

    @Test func `a pipe is none`() throws {
        let pipe = try Pipe()
        let terminal = Terminal(
            input: pipe.readingEnd, output: pipe.writingEnd, error: pipe.writingEnd, environment: ["TERM": "xterm"]
        )
        #expect(!terminal.inputIsTerminal && !terminal.outputIsTerminal && !terminal.errorIsTerminal)
        #expect(!terminal.usesColor)
        #expect(terminal.width == 80)
    }

    @Test func `standard error may be a terminal when standard output is not`() throws {
        let (pipe, pseudo) = (try Pipe(), try PseudoTerminal(columns: 100))
        let terminal = Terminal(
            input: pipe.readingEnd, output: pipe.writingEnd, error: pseudo.slave, environment: ["TERM": "xterm"]
        )
        #expect(!terminal.usesColor(on: .output))
        #expect(terminal.usesColor(on: .error))
        #expect(terminal.width == 100)
    }

    @Test(arguments: [
        (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false), ([:], true),
    ])
    func `colour is used unless NO_COLOR or a dumb terminal says no`(_ environment: [String: String], _ uses: Bool)
        throws
    {
        let pseudo = try PseudoTerminal()
        #expect(pseudo.terminal(environment).usesColor == uses)
    }

    @Test(arguments: [("132", 132), ("0", 80), ("-5", 80), ("wide", 80), ("", 80)])
    func `without a terminal COLUMNS gives the width`(_ value: String, _ width: Int) throws {
        let pipe = try Pipe()
        let terminal = Terminal(
            input: pipe.readingEnd, output: pipe.writingEnd, error: pipe.writingEnd, environment: ["COLUMNS": value]
        )
        #expect(terminal.width == width)
    }
}
