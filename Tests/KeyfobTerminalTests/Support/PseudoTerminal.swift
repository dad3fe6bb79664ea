import KeyfobTerminal

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A real terminal whose keyboard and screen are the test's.
final class PseudoTerminal: Sendable {
    /// The test's side: what is typed is written to it, and what is shown is read from it.
    let master: Int32
    /// The program's side.
    let slave: Int32
    /// The path of the program's side.
    let path: String

    init(columns: UInt16 = 80) throws {
        var (keyboard, program): (Int32, Int32) = (-1, -1)
        guard openpty(&keyboard, &program, nil, nil, nil) == 0, let name = ttyname(program) else {
            throw TestFailure("no pseudo-terminal: \(errno)")
        }
        path = String(cString: name)
        (master, slave) = (keyboard, program)
        for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    deinit {
        close(master)
        close(slave)
    }

    /// The terminal as a program sees it.
    func terminal(_ environment: [String: String] = ["TERM": "xterm-256color"]) -> Terminal {
        Terminal(input: slave, output: slave, error: slave, environment: environment)
    }

    /// Presses keys.
    func type(_ text: String) async throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            rest = rest.dropFirst(max(0, count))
            if count <= 0 { try await Task.sleep(for: .milliseconds(2)) }  // allowed: a full pty has no event
        }
    }

    /// What was shown since the last look.
    func shown() -> String {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(master, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: all, as: UTF8.self) }
            all += chunk[..<count]
        }
    }

    /// What is shown until a text has appeared.
    func shown(until text: String) async throws -> String {
        var all = ""
        try await until {
            all += shown()
            return all.contains(text)
        }
        return all
    }

    /// Blocks the thread until a text is shown, and returns what is shown until then.
    @discardableResult
    func blockUntilShown(_ text: String) throws -> String {
        var all = ""
        try blockUntil {
            all += shown()
            return all.contains(text)
        }
        return all
    }

    /// Presses few enough keys for the terminal to take them at once.
    func press(_ keys: String) throws {
        let bytes = Array(keys.utf8)
        try check(write(master, bytes, bytes.count) == bytes.count, "the keys were taken")
    }

    /// Whether the terminal shows what is typed; asked of the test's side, which outlives the program's.
    var echoes: Bool {
        var settings = termios()
        return tcgetattr(master, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    /// All that a program can set, as one text.
    var settings: String {
        var settings = termios()
        guard tcgetattr(master, &settings) == 0 else { return "none" }
        return "\(settings)"
    }

    /// Makes a terminal the controlling one of this process, which leaves its session for that.
    static func control(_ path: String) throws -> Int32 {
        guard setsid() >= 0 else { throw TestFailure("setsid: \(errno)") }
        let slave = open(path, O_RDWR)
        guard slave >= 0 else { throw TestFailure("open \(path): \(errno)") }
        _ = ioctl(slave, UInt(TIOCSCTTY), 0)
        guard tcgetpgrp(slave) == getpgrp() else { throw TestFailure("no controlling terminal: \(errno)") }
        return slave
    }
}
