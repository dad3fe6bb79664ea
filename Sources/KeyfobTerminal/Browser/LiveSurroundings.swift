#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Surroundings {
    /// Looks around on this machine.
    ///
    /// - Parameters:
    ///   - environment: The environment variables.
    ///   - terminal: The streams of this process.
    public init(environment: [String: String], terminal: Terminal) {
        self.init(
            environment: environment,
            inputIsTerminal: terminal.inputIsTerminal,
            outputIsTerminal: terminal.outputIsTerminal || terminal.errorIsTerminal,
            fileExists: { access($0, F_OK) == 0 },
            readFile: Self.beginning
        )
    }

    private static func beginning(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}
