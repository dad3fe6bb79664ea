/// How to open a page, or why there is no browser at hand.
public enum BrowserChoice: Sendable, Equatable {
    /// A program and its arguments; `%s` in one of them stands for the address, which else comes last.
    case open(command: [String])
    /// No browser, and why, as the end of a sentence: "this is an SSH session".
    case none(reason: String)

    struct Facts {
        var isSSH: Bool
        var isContainer: Bool
        var isWSL: Bool
        var isCI: Bool
        var hasDisplay: Bool
        var isMac: Bool
    }

    init(facts: Facts, environment: [String: String], fileExists: @escaping (String) -> Bool) {
        let path = SearchPath(environment["PATH"] ?? "", fileExists: fileExists)
        if facts.isCI {
            self = .none(reason: "this is a job of a build service")
        } else if let named = environment["BROWSER"], !named.isEmpty {
            // Whoever sets it knows better than we do, also over SSH: editors set it to a program that asks them.
            self = Self.named(named, path)
        } else if facts.isSSH {
            self = .none(reason: "this is an SSH session")
        } else if facts.isMac {
            self = .open(command: ["/usr/bin/open"])
        } else if facts.isWSL, !facts.isContainer, let program = path.find("wslview") {
            self = .open(command: [program])
        } else if !facts.hasDisplay {
            self = .none(reason: Self.noDisplay(facts))
        } else if let program = path.find("xdg-open") {
            self = .open(command: [program])
        } else {
            self = .none(reason: "xdg-open is not installed")
        }
    }

    private static func noDisplay(_ facts: Facts) -> String {
        if facts.isContainer { return "this is a container" }
        return facts.isWSL ? "this is WSL without wslview" : "there is no display"
    }

    // A list of commands with colons between them, the first one that is there being taken.
    private static func named(_ list: String, _ path: SearchPath) -> BrowserChoice {
        if ["none", "false", "true"].contains(list) { return .none(reason: "BROWSER is set to \(list)") }
        // A path with spaces or colons in it.
        if list.hasPrefix("/"), let program = path.find(list) { return .open(command: [program]) }
        for entry in list.split(separator: ":") {
            let words = entry.split(separator: " ").map(String.init)
            guard let name = words.first, !needsTerminal(name), let program = path.find(name) else { continue }
            return .open(command: [program] + words.dropFirst())
        }
        return .none(reason: "BROWSER names no graphical browser that is installed")
    }

    // These would take the terminal, which we need ourselves.
    private static func needsTerminal(_ program: String) -> Bool {
        let name = program.split(separator: "/").last.map(String.init) ?? program
        return ["w3m", "lynx", "links", "links2", "elinks", "www-browser", "browsh", "carbonyl"].contains(name)
    }
}

/// The folders in which programs are looked for.
private struct SearchPath {
    private let folders: [Substring]
    private let fileExists: (String) -> Bool

    init(_ path: String, fileExists: @escaping (String) -> Bool) {
        // Not whatever the folder has that the person is in.
        folders = path.split(separator: ":").filter { $0.hasPrefix("/") }
        self.fileExists = fileExists
    }

    /// The path of a program; a name with a slash is a path already.
    func find(_ name: String) -> String? {
        if name.contains("/") { return fileExists(name) ? name : nil }
        return folders.map { "\($0)/\(name)" }.first(where: fileExists)
    }
}
