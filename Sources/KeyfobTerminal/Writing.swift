#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Terminal {
    /// Writes a text to standard output, all of it and at once; nothing is buffered here.
    ///
    /// - Parameter text: What to write; line feeds are not added.
    /// - Returns: False when the reader is gone or the disk is full. A command whose output is its purpose exits
    ///   non-zero then.
    @discardableResult
    public func write(_ text: String) -> Bool {
        write(text, to: .output)
    }

    /// Writes a text to standard error, all of it and at once.
    ///
    /// - Parameter text: What to write; line feeds are not added.
    /// - Returns: False when the reader is gone or the disk is full.
    @discardableResult
    public func writeError(_ text: String) -> Bool {
        write(text, to: .error)
    }

    /// Writes a text to a stream, all of it and at once.
    ///
    /// - Parameters:
    ///   - text: What to write; line feeds are not added.
    ///   - stream: Where to.
    /// - Returns: False when the reader is gone or the disk is full.
    @discardableResult
    public func write(_ text: String, to stream: Stream) -> Bool {
        var text = text
        return text.withUTF8 { Self.writeAll(UnsafeRawBufferPointer($0), to: descriptor(of: stream)) }
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, start, rest.count)
            #else
                let count = Darwin.write(descriptor, start, rest.count)
            #endif
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                // Another program made the stream non-blocking; it is shared with us.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
