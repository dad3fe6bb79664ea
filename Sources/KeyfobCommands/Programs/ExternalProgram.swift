#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program of its own that adds a command to a tool, as `tool-word` in PATH.
struct ExternalProgram {
    let name: String
    let arguments: [String]

    /// Takes the process's place, and returns only by throwing.
    ///
    /// Tokens are handed on in the environment, where only the user's own processes can read them; the arguments are
    /// what the person typed.
    ///
    /// - Parameters:
    ///   - session: Whose environment the program gets.
    ///   - variables: What is laid over it.
    /// - Throws: ``Failure`` when there is no such program, or it can't be started.
    func run(in session: Session, variables: [String: String]) async throws {
        let environment = session.context.environment.merging(variables) { _, new in new }
        guard let path = path(environment) else { throw missing(from: session.product.name) }
        let error = replaceProcess(by: path, environment)
        throw Failure(
            "program", "\(path) could not be started: \(String(cString: strerror(error)))",
            hint: "it must be a program for this machine, or a script that begins with #!", exit: .failed)
    }

    /// Finds the program.
    ///
    /// Folders of PATH that are relative are left out, the empty one that means the current folder included: the
    /// program is given a token, and must not come out of whatever folder the person is in.
    ///
    /// - Parameter environment: Read for `PATH`.
    /// - Returns: The absolute path of a file that may be run; `nil` if there is none.
    func path(_ environment: [String: String]) -> String? {
        // A word with a slash would lead out of PATH's folders.
        guard !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else { return nil }
        let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        return folders.lazy.map { "\($0)/\(name)" }.first { Self.isProgram($0) }
    }

    private func missing(from tool: String) -> Failure {
        let word = name.split(separator: "-", omittingEmptySubsequences: false).last ?? ""
        return Failure(
            "usage", "there is no command '\(word)'",
            hint: "to add it, put a program called '\(name)' into a folder of PATH; "
                + "run '\(tool) --help' for the list",
            exit: .usage)
    }

    private func replaceProcess(by path: String, _ environment: [String: String]) -> Int32 {
        let words = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        // What we ignore and block would stay so for the program; handlers go by themselves.
        signal(SIGPIPE, SIG_DFL)
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        execve(path, words, variables)
        let error = errno
        signal(SIGPIPE, SIG_IGN)
        return error
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        return access(path, X_OK) == 0
    }
}
