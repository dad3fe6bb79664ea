import KeyfobTerminal
import Testing

@Suite("Where the user is")
struct SurroundingsTests {
    /// A place, by what can be seen there.
    struct Place: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var environment: [String: String] = [:]
        var files: [String] = []
        var texts: [String: String] = [:]
        var isMac = false
        var browser: BrowserChoice

        var surroundings: Surroundings {
            var environment = environment
            environment["PATH"] = "/usr/local/bin:/usr/bin"
            let (files, texts) = (files, texts)
            return Surroundings(
                environment: environment,
                inputIsTerminal: true,
                outputIsTerminal: true,
                isMac: isMac,
                fileExists: { files.contains($0) },
                readFile: { texts[$0] }
            )
        }
    }

    static let xdgOpen = "/usr/bin/xdg-open"
    static let display = ["DISPLAY": ":0"]
    static let opened = BrowserChoice.open(command: [xdgOpen])

    static let places = [
        Place(testDescription: "a desktop with X11", environment: display, files: [xdgOpen], browser: opened),
        Place(
            testDescription: "a desktop with Wayland", environment: ["WAYLAND_DISPLAY": "wayland-0"], files: [xdgOpen],
            browser: opened),
        Place(
            testDescription: "a desktop without xdg-open", environment: display,
            browser: .none(reason: "xdg-open is not installed")),
        Place(
            testDescription: "a text console", files: [xdgOpen], browser: .none(reason: "there is no display")),
        Place(
            testDescription: "an SSH session with a forwarded display",
            environment: ["DISPLAY": "localhost:10.0", "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"], files: [xdgOpen],
            browser: .none(reason: "this is an SSH session")),
        Place(
            testDescription: "a container", files: ["/.dockerenv", xdgOpen],
            browser: .none(reason: "this is a container")),
        Place(
            testDescription: "a container with a display", environment: display, files: ["/.dockerenv", xdgOpen],
            browser: opened),
        Place(
            testDescription: "WSL with wslview", environment: ["WSL_DISTRO_NAME": "Debian"],
            files: ["/usr/bin/wslview"], browser: .open(command: ["/usr/bin/wslview"])),
        Place(
            testDescription: "WSL without it", texts: ["/proc/sys/kernel/osrelease": "5.15.1-Microsoft-standard\n"],
            browser: .none(reason: "this is WSL without wslview")),
        Place(
            testDescription: "a Mac", isMac: true, browser: .open(command: ["/usr/bin/open"])),
        Place(
            testDescription: "a Mac over SSH", environment: ["SSH_TTY": "/dev/ttys001"], isMac: true,
            browser: .none(reason: "this is an SSH session")),
        Place(
            testDescription: "a build service", environment: ["CI": "true", "DISPLAY": ":0", "BROWSER": "firefox"],
            files: [xdgOpen, "/usr/bin/firefox"], browser: .none(reason: "this is a job of a build service")),
        Place(
            testDescription: "a desktop with CI=false", environment: ["CI": "false", "DISPLAY": ":0"],
            files: [xdgOpen], browser: opened),
        Place(
            testDescription: "an editor over SSH that sets BROWSER",
            environment: ["SSH_CONNECTION": "x", "BROWSER": "/home/a/.editor/open page.sh"],
            files: ["/home/a/.editor/open page.sh"],
            browser: .open(command: ["/home/a/.editor/open page.sh"])),
        Place(
            testDescription: "BROWSER with arguments", environment: ["BROWSER": "firefox --new-window %s"],
            files: ["/usr/bin/firefox"], browser: .open(command: ["/usr/bin/firefox", "--new-window", "%s"])),
        Place(
            testDescription: "BROWSER as a list", environment: ["BROWSER": "missing:w3m:firefox:chromium"],
            files: ["/usr/bin/w3m", "/usr/local/bin/firefox", "/usr/bin/chromium"],
            browser: .open(command: ["/usr/local/bin/firefox"])),
        Place(
            testDescription: "BROWSER=none", environment: ["BROWSER": "none", "DISPLAY": ":0"], files: [xdgOpen],
            browser: .none(reason: "BROWSER is set to none")),
        Place(
            testDescription: "BROWSER in the terminal", environment: ["BROWSER": "w3m", "DISPLAY": ":0"],
            files: [xdgOpen, "/usr/bin/w3m"],
            browser: .none(reason: "BROWSER names no graphical browser that is installed")),
    ]

    @Test(arguments: places)
    func `the browser is the one at hand, or there is a reason`(_ place: Place) {
        #expect(place.surroundings.browser == place.browser)
    }

    @Test func `no browser comes out of the folder that the person is in`() {
        let surroundings = Surroundings(
            environment: ["PATH": ".::bin:/usr/bin", "DISPLAY": ":0"], inputIsTerminal: true, outputIsTerminal: true,
            isMac: false, fileExists: { ["./xdg-open", "bin/xdg-open", Self.xdgOpen].contains($0) },
            readFile: { _ in nil })
        #expect(surroundings.browser == Self.opened)
    }

    @Test(arguments: ["docker", "kubepods", "/lxc/"])
    func `a container is known by its control group`(_ name: String) {
        let place = Place(
            testDescription: name, texts: ["/proc/1/cgroup": "0::/\(name)/1234\n"], browser: .none(reason: ""))
        #expect(place.surroundings.isContainer)
    }

    @Test func `a plain machine is none of it`() {
        let place = Place(
            testDescription: "plain", texts: ["/proc/1/cgroup": "0::/init.scope\n"], browser: .none(reason: ""))
        let here = place.surroundings
        #expect(!here.isContainer && !here.isSSH && !here.isWSL && !here.isCI && !here.hasDisplay && !here.isMac)
        #expect(here.isInteractive)
    }

    @Test func `a pipe on either side is not interactive`() {
        for (input, output) in [(true, false), (false, true), (false, false)] {
            let here = Surroundings(
                environment: [:], inputIsTerminal: input, outputIsTerminal: output,
                fileExists: { _ in false }, readFile: { _ in nil }
            )
            #expect(!here.isInteractive)
        }
    }

    @Test func `looking around on this machine reads its files`() throws {
        let pseudo = try PseudoTerminal()
        let here = Surroundings(
            environment: ["BROWSER": "/bin/sh", "PATH": "/bin"], terminal: pseudo.terminal()
        )
        #expect(here.browser == .open(command: ["/bin/sh"]))
        #expect(here.isInteractive)
    }
}
