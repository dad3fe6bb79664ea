#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads one line by read(2), byte by byte: what follows the line is left to whoever reads next, also another program.
///
/// Not by stdio, whose lock would make exit() wait for a reader that waits for a key.
struct LineReader {
    /// How many bytes a line may have.
    static let limit = 64 * 1024

    let descriptor: Int32
    let wake: WakePipe
    /// Whether the reader does what the terminal else does itself: erase, kill, and end of file.
    let editsLine: Bool

    /// Blocks the thread until there is a line.
    ///
    /// - Returns: The line without its end; nil at the end of the input.
    /// - Throws: ``TerminalError``; `CancellationError` when woken.
    func line() throws -> String? {
        var line = LineBuffer(editsLine: editsLine)
        while let byte = try nextByte() {
            switch line.take(byte) {
            case .more: break
            case .done: return line.text
            case .end: return nil
            }
            guard line.count <= Self.limit else { throw Self.tooLong }
        }
        return line.count == 0 ? nil : line.text
    }

    private func nextByte() throws -> UInt8? {
        try waitForInput()
        var byte: UInt8 = 0
        while true {
            let count = read(descriptor, &byte, 1)
            if count == 1 { return byte }
            // A terminal whose other side is gone says EIO.
            if count == 0 || errno == EIO { return nil }
            if errno == EAGAIN { try waitForInput() } else if errno != EINTR { throw Self.unreadable }
        }
    }

    private func waitForInput() throws {
        var waiting = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.readingEnd, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = poll(&waiting, nfds_t(waiting.count), -1)
            if waiting[1].revents != 0 { throw CancellationError() }
            if count > 0 { return }
            if count < 0, errno != EINTR { throw Self.unreadable }
        }
    }

    private static var tooLong: TerminalError {
        TerminalError(.lineTooLong, message: "the line is longer than 64 KiB", hint: "check what is being pasted")
    }

    private static var unreadable: TerminalError {
        TerminalError(
            .unreadable,
            message: "standard input can't be read: \(String(cString: strerror(errno)))",
            hint: "run the command in a terminal, or give it a line on standard input"
        )
    }
}
