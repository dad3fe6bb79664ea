/// Where the user is: the facts from which everybody decides whether a browser is at hand.
///
/// The one detector of the program; everything that it looks at is passed in.
public struct Surroundings: Sendable, Equatable {
    /// Whether a person sits at a terminal: both streams are one.
    public let isInteractive: Bool
    /// Whether this is a session over SSH, where a browser would open on the wrong machine.
    public let isSSH: Bool
    /// Whether this is a container.
    public let isContainer: Bool
    /// Whether this is the Windows Subsystem for Linux.
    public let isWSL: Bool
    /// Whether this is a job of a build service, with nobody to look at a page.
    public let isCI: Bool
    /// Whether there is a display: X11 or Wayland, or a Mac's own.
    public let hasDisplay: Bool
    /// Whether this is macOS.
    public let isMac: Bool
    /// How to open a page, or why not.
    public let browser: BrowserChoice

    /// Looks around.
    ///
    /// - Parameters:
    ///   - environment: The environment variables.
    ///   - inputIsTerminal: Whether a person can type.
    ///   - outputIsTerminal: Whether a person can read.
    ///   - isMac: Whether this is macOS; as the program was built, by default.
    ///   - fileExists: Says whether there is a file at a path.
    ///   - readFile: Returns the beginning of a file as text; nil when it can't be read.
    public init(
        environment: [String: String],
        inputIsTerminal: Bool,
        outputIsTerminal: Bool,
        isMac: Bool = Self.isBuiltForMac,
        fileExists: @escaping (String) -> Bool,
        readFile: (String) -> String?
    ) {
        let has = { (name: String) in !(environment[name] ?? "").isEmpty }
        self.isMac = isMac
        isInteractive = inputIsTerminal && outputIsTerminal
        isSSH = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].contains(where: has)
        isContainer = Self.findsContainer(has: has, fileExists: fileExists, readFile: readFile)
        isWSL = Self.findsWSL(has: has, readFile: readFile)
        isCI = Self.findsCI(environment)
        hasDisplay = isMac || has("DISPLAY") || has("WAYLAND_DISPLAY")
        let facts = BrowserChoice.Facts(
            isSSH: isSSH, isContainer: isContainer, isWSL: isWSL, isCI: isCI, hasDisplay: hasDisplay, isMac: isMac
        )
        browser = BrowserChoice(facts: facts, environment: environment, fileExists: fileExists)
    }

    /// Whether this program was built for macOS.
    public static var isBuiltForMac: Bool {
        #if os(macOS)
            true
        #else
            false
        #endif
    }

    private static func findsContainer(
        has: (String) -> Bool, fileExists: (String) -> Bool, readFile: (String) -> String?
    ) -> Bool {
        if has("KUBERNETES_SERVICE_HOST") || has("container") { return true }
        if fileExists("/.dockerenv") || fileExists("/run/.containerenv") { return true }
        let groups = readFile("/proc/1/cgroup") ?? ""
        return ["docker", "kubepods", "containerd", "libpod", "/lxc/"].contains { groups.containsText($0) }
    }

    private static func findsWSL(has: (String) -> Bool, readFile: (String) -> String?) -> Bool {
        if has("WSL_DISTRO_NAME") || has("WSL_INTEROP") { return true }
        return (readFile("/proc/sys/kernel/osrelease") ?? "").lowercased().containsText("microsoft")
    }

    private static func findsCI(_ environment: [String: String]) -> Bool {
        let services = [
            "CI", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "CIRCLECI", "JENKINS_URL", "TEAMCITY_VERSION",
            "TF_BUILD", "CODEBUILD_BUILD_ID", "BITBUCKET_BUILD_NUMBER", "DRONE", "APPVEYOR",
        ]
        return services.contains { !["", "0", "false"].contains(environment[$0]?.lowercased() ?? "") }
    }
}

extension String {
    // `contains` of a string needs more than the standard library on some systems.
    fileprivate func containsText(_ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        return utf8.indices.contains { self[$0...].utf8.starts(with: text.utf8) }
    }
}
