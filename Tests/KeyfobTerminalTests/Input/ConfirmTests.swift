import KeyfobTerminal
import Testing

@Suite("Asking yes or no")
struct ConfirmTests {
    @Test(arguments: [
        ("y\n", false, true), ("YES\n", false, true), (" n \n", true, false), ("no\n", true, false),
        ("\n", true, true), ("\n", false, false), ("\u{4}", true, true),
    ])
    func `an answer is taken, an empty one is the default`(_ keys: String, _ byDefault: Bool, _ answer: Bool)
        async throws
    {
        let pseudo = try PseudoTerminal()
        async let confirmed = pseudo.terminal().confirm("Sign out?", default: byDefault)
        #expect(try await pseudo.shown(until: "] ") == "Sign out? [\(byDefault ? "Y/n" : "y/N")] ")
        try await pseudo.type(keys)
        #expect(try await confirmed == answer)
    }

    @Test func `anything else is asked again`() async throws {
        let pseudo = try PseudoTerminal()
        async let confirmed = pseudo.terminal().confirm("Sign out?", default: false)
        try await pseudo.type("perhaps\ny\n")
        #expect(try await confirmed)
        #expect(pseudo.shown().contains("please answer y or n"))
    }

    @Test(arguments: [true, false])
    func `without a terminal nothing is asked and nothing is read`(_ byDefault: Bool) async throws {
        let (input, output) = (try Pipe(), try Pipe())
        input.put(byDefault ? "n\n" : "y\n", isEnd: false)
        let terminal = Terminal(
            input: input.readingEnd, output: output.writingEnd, error: output.writingEnd, environment: [:]
        )
        #expect(try await terminal.confirm("Sign out?", default: byDefault) == byDefault)
        #expect(input.readOnce() == (byDefault ? "n\n" : "y\n"))
        terminal.write(".")
        #expect(output.readOnce() == ".")
    }
}
