#if os(Linux)
    import Glibc
    import Testing

    /// A program that runs beside a test.
    final class Daemon {
        /// Its process.
        let process: pid_t
        private let output: Int32
        private var isOver = false

        /// Starts a program of `/usr/bin` with a text, or nothing, on its standard input.
        init(_ name: String, _ arguments: [String], environment: [String: String], standardInput text: String = "")
            throws
        {
            let (input, output) = (try Self.pipe(), try Self.pipe())
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
            posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
            var words = (["/usr/bin/\(name)"] + arguments).map { strdup($0) } + [nil]
            var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
            defer { for text in words + variables { free(text) } }
            var process = pid_t()
            let result = posix_spawn(&process, "/usr/bin/\(name)", &actions, nil, &words, &variables)
            self.process = process
            self.output = output.read
            close(input.read)
            close(output.write)
            try #require(result == 0, "\(name) is missing; Scripts/install-debian test installs what tests need")
            // A password or a short text: it fits into the pipe.
            _ = Array(text.utf8).withUnsafeBytes { write(input.write, $0.baseAddress, $0.count) }
            close(input.write)
        }

        deinit {
            end()
            close(output)
        }

        /// Waits for a line on standard output; nil if the program ends before it.
        func firstLine() -> String? {
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while read(output, &byte, 1) == 1 {
                if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return nil
        }

        /// Waits until all is printed and returns it.
        func allOutput() -> String {
            var text: [UInt8] = []
            var bytes = [UInt8](repeating: 0, count: 4096)
            while case let count = read(output, &bytes, bytes.count), count > 0 { text += bytes.prefix(count) }
            return String(decoding: text, as: UTF8.self)
        }

        /// Ends the program, a frozen one too.
        func end() {
            guard !isOver else { return }
            isOver = true
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }

        // Closed on exec, so that no other program keeps an end open.
        private static func pipe() throws -> (read: Int32, write: Int32) {
            var ends: [Int32] = [0, 0]
            try #require(Glibc.pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }
#endif
