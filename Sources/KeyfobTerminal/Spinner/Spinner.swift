import Synchronization

/// A turning sign with a message, on one line of a terminal.
final class Spinner: Sendable {
    /// The frames, as command-line tools have them since cli-spinners' "dots".
    static let frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    /// How long a frame stays.
    static let pace = Duration.milliseconds(80)

    // ECMA-48 (EL) and the cursor's private modes of the VT220.
    private static let clearedLine = "\r\u{1B}[2K"
    private static let hiddenCursor = "\u{1B}[?25l"
    private static let shownCursor = "\u{1B}[?25h"

    private enum Phase {
        case turning
        case paused
        case ended
    }

    private let terminal: Terminal
    private let stream: Terminal.Stream
    private let message: String
    private let style: Style
    private let phase = Mutex(Phase.turning)

    init(_ message: String, on stream: Terminal.Stream, of terminal: Terminal, style: Style) {
        self.terminal = terminal
        self.stream = stream
        self.message = message
        self.style = style
    }

    /// Turns until the task is cancelled.
    func turn(by clock: some Clock<Duration>) async {
        var index = 0
        while !Task.isCancelled {
            draw(index)
            index = (index + 1) % Self.frames.count
            try? await clock.sleep(for: Self.pace)
        }
    }

    /// Leaves the line empty and the cursor visible until ``resume()``.
    func pause() {
        leave(as: .paused)
    }

    /// Turns again.
    func resume() {
        phase.withLock { phase in
            if phase == .paused { phase = .turning }
        }
    }

    /// Leaves the line empty and the cursor visible for good.
    func end() {
        leave(as: .ended)
    }

    // Under the lock, so that no frame hides the cursor again of a process that is about to end.
    private func leave(as next: Phase) {
        phase.withLock { phase in
            guard phase != .ended else { return }
            if phase == .turning { terminal.write(Self.clearedLine + Self.shownCursor, to: stream) }
            phase = next
        }
    }

    private func draw(_ index: Int) {
        phase.withLock { phase in
            guard phase == .turning else { return }
            let frame = terminal.styled(Self.frames[index], style, on: stream)
            // A message that is wider than the terminal would leave a line behind at every turn.
            let line = TextWidth.prefix(of: message, columns: terminal.width - 3)
            terminal.write("\(Self.hiddenCursor)\r\(frame) \(line)\u{1B}[K", to: stream)
        }
    }
}
