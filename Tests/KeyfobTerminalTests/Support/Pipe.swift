import KeyfobTerminal
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A pipe, as a shell puts between two programs.
final class Pipe: Sendable {
    let readingEnd: Int32
    let writingEnd: Int32
    private let isEnded = Mutex(false)

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw TestFailure("pipe: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (readingEnd, writingEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readingEnd)
        end()
    }

    /// A terminal that reads from this pipe.
    var asInput: Terminal { Terminal(input: readingEnd, output: -1, error: -1, environment: [:]) }

    /// A terminal that writes to this pipe.
    var asOutput: Terminal {
        Terminal(input: -1, output: writingEnd, error: writingEnd, environment: ["TERM": "xterm"])
    }

    /// Puts a text that fits into the pipe.
    func put(_ text: String, isEnd: Bool) {
        let bytes = Array(text.utf8)
        _ = write(writingEnd, bytes, bytes.count)
        if isEnd { end() }
    }

    /// Puts a text of any size, for a reader that is at work.
    func putAll(_ text: String) async {
        _ = fcntl(writingEnd, F_SETFL, O_NONBLOCK)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(writingEnd, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) }
            await Task.yield()
        }
    }

    /// Takes what is in the pipe, at most 64 KiB; waits when there is nothing.
    func readOnce() -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(readingEnd, &bytes, bytes.count)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }

    private func end() {
        isEnded.withLock { isEnded in
            if !isEnded { close(writingEnd) }
            isEnded = true
        }
    }
}
