import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A terminal that does not show what is typed, for as long as that is wanted.
final class HiddenInput: Sendable {
    private let descriptor: Int32
    private let original: termios
    private let state = Mutex(State.shown)

    private enum State {
        case shown
        case hidden
        case ended
    }

    /// Remembers how the terminal is set; nil when the descriptor is no terminal.
    init?(_ descriptor: Int32) {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else { return nil }
        self.descriptor = descriptor
        original = settings
    }

    /// Stops showing what is typed, and drops what was typed before; not after ``end()``.
    func hide() {
        state.withLock { state in
            guard state == .shown else { return }
            var hidden = original
            // Line by line, a terminal cuts lines at 4,095 bytes, and tokens can be longer.
            hidden.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL | ICANON)
            withUnsafeMutableBytes(of: &hidden.c_cc) { characters in
                characters[Int(VMIN)] = 1
                characters[Int(VTIME)] = 0
            }
            if tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 { state = .hidden }
        }
    }

    /// Sets the terminal as it was found, for a while; doing so again changes nothing.
    func show() {
        state.withLock { state in restore(&state) }
    }

    /// Sets the terminal as it was found, for good.
    func end() {
        state.withLock { state in
            restore(&state)
            state = .ended
        }
    }

    private func restore(_ state: inout State) {
        guard state == .hidden else { return }
        state = .shown
        var original = original
        _ = tcsetattr(descriptor, TCSANOW, &original)
    }
}
