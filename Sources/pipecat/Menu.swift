import KeyfobCommands

/// A question with numbered answers.
struct Menu {
    let question: String
    /// What to write on the command line in place of an answer, for where nobody can be asked.
    let instead: String

    /// Asks until one of the answers is chosen.
    ///
    /// - Parameters:
    ///   - answers: The answers; at least one.
    ///   - session: The session, whose terminal is asked.
    /// - Returns: The place of the chosen answer.
    /// - Throws: ``Failure`` without a terminal, or where nothing was chosen.
    func ask(_ answers: [String], in session: Session) async throws -> Int {
        guard session.context.terminal.inputIsTerminal, !session.wishes.json else {
            throw Failure(
                "usage", "nobody can be asked here", hint: "Say it on the command line, with \(instead).", exit: .usage)
        }
        session.screen.say(question)
        for (index, answer) in answers.enumerated() { session.screen.say("  \(index + 1)  \(answer)") }
        while true {
            guard let line = try await session.line("Number: "), !line.isEmpty else {
                throw Failure("cancelled", "Nothing was chosen.", exit: .failed)
            }
            if let number = Int(line), answers.indices.contains(number - 1) { return number - 1 }
            session.screen.say("Choose a number from 1 to \(answers.count), or nothing to leave.")
        }
    }
}
