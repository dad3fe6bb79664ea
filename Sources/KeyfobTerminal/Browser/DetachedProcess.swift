#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that runs in a session of its own, with nothing of ours but its arguments and environment.
struct DetachedProcess {
    private let process: pid_t

    /// Starts a program; nil when that fails.
    ///
    /// - Parameters:
    ///   - command: The program's path and its arguments.
    ///   - environment: Its environment variables.
    init?(_ command: [String], _ environment: [String: String]) {
        guard let program = command.first else { return nil }
        var actions = Self.silentStreams()
        defer { posix_spawn_file_actions_destroy(&actions) }
        var attributes = Self.freshSession()
        defer { posix_spawnattr_destroy(&attributes) }
        var arguments = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, &attributes, &arguments, &variables) == 0 else { return nil }
        self.process = process
    }

    /// Says whether the program ended well; nil while it runs.
    func outcome() -> Bool? {
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        return status == 0
    }

    private static func silentStreams() -> posix_spawn_file_actions_t {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        return actions
    }

    // Signals as a program expects to find them: we ignore SIGPIPE, and our thread may block some.
    private static func freshSession() -> posix_spawnattr_t {
        #if canImport(Glibc)
            var attributes = posix_spawnattr_t()
            // POSIX_SPAWN_SETSID of glibc's spawn.h, which Swift's module leaves out.
            let session: Int32 = 0x80
        #else
            var attributes: posix_spawnattr_t?
            let session = POSIX_SPAWN_SETSID | POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        posix_spawnattr_init(&attributes)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(session | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }
}
