import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Carries signals out of their handlers, in which hardly anything is allowed, to a thread of its own.
///
/// The handler writes the signal's number to a pipe. Handlers, unlike ignored or blocked signals, are not inherited by
/// the programs that we start.
enum SignalPipe {
    private static let writingEnd = Atomic<Int32>(-1)

    /// Starts the thread that calls `receive` for each signal, until the process ends.
    static func open(_ receive: @escaping @Sendable (Signal) -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A handler must never wait for the reader.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        writingEnd.store(ends[1], ordering: .sequentiallyConsistent)
        let readingEnd = ends[0]
        DispatchQueue(label: "keyfob.signals").async {
            var number: UInt8 = 0
            while true {
                let count = read(readingEnd, &number, 1)
                if count == 1 { Signal(number: Int32(number)).map(receive) }
                if count == 0 || (count < 0 && errno != EINTR) { return }
            }
        }
    }

    /// Sends a signal into the pipe from now on.
    ///
    /// - Returns: What the process did with the signal before; nil when it ignores it, which then stays so (a parent
    ///   such as nohup wants it).
    static func divert(_ signal: Signal) -> sigaction? {
        var previous = sigaction()
        sigaction(signal.number, nil, &previous)
        if previous.ignores { return nil }
        var action = sigaction()
        action.handle { number in
            let saved = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = write(SignalPipe.writingEnd.load(ordering: .sequentiallyConsistent), &byte, 1)
            errno = saved
        }
        // Reads and writes elsewhere go on as if nothing had happened.
        action.sa_flags = SA_RESTART
        sigaction(signal.number, &action, nil)
        return previous
    }

    /// Lets a signal do what it did before.
    static func restore(_ signal: Signal, to previous: sigaction) {
        var previous = previous
        sigaction(signal.number, &previous, nil)
    }

    /// Lets the signal do to the process what it does by default: end it, or suspend it until it is continued.
    static func actByDefault(on signal: Signal) {
        var action = sigaction()
        action.handle(SIG_DFL)
        sigaction(signal.number, &action, nil)
        // Threads of a dispatch queue block signals; sent to this very thread, it acts before raise returns.
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, signal.number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        raise(signal.number)
    }
}

extension sigaction {
    fileprivate mutating func handle(_ handler: sighandler_t?) {
        #if canImport(Glibc)
            __sigaction_handler.sa_handler = handler
        #else
            __sigaction_u.__sa_handler = handler
        #endif
    }

    fileprivate var ignores: Bool {
        #if canImport(Glibc)
            let handler = __sigaction_handler.sa_handler
        #else
            let handler = __sigaction_u.__sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
