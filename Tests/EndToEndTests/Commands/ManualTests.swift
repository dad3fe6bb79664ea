import KeyfobCommands
import Testing

struct ManualTests {
    @Test
    func `the manual page names every command with its options, the variables, the file and the exit codes`()
        async throws
    {
        try await Bench.run([:]) { bench in
            let page = try await bench.run(Acme.self, ["help-man"])
            #expect(page.status == 0)
            #expect(page.output.hasPrefix(".TH \"ACME\" 1 \"\" \"acme \(Version.current)\"\n.ad l\n.SH \"NAME\"\n"))
            for line in [
                "acme \\- an example", ".SS \"acme auth login\"", ".SS \"acme config set\"",
                "\\fB\\-\\-profile\\fR \\fIprofile\\fR", "\\fBACME_TOKEN\\fR", "\\fI~/.acme/config.json\\fR",
                ".SH \"EXIT STATUS\"", "\\fB130\\fR",
            ] {
                #expect(page.output.split(separator: "\n").contains { $0 == line }, "\(line)")
            }
            #expect(!page.output.contains("help\\-man"))
            let again = try await bench.run(Acme.self, ["help-man"])
            #expect(again.output == page.output)
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a completion script knows the commands, by either way of asking`(_ shell: String) async throws {
        try await Bench.run([:]) { bench in
            let script = try await bench.run(Acme.self, ["completion", shell])
            #expect(script.status == 0)
            #expect(script.output.contains("auth") && script.output.contains("login"))
            let other = try await bench.run(Acme.self, ["--generate-completion-script", shell])
            #expect(other.status == 0)
            #expect(other.output.contains("login"))
        }
    }

    @Test
    func `a shell that is not known is wrong usage`() async throws {
        try await Bench.run([:]) { bench in
            let outcome = try await bench.run(Acme.self, ["completion", "tcsh"])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("tcsh"))
        }
    }
}
