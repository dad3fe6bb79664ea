import ArgumentParser
import Foundation
import KeyfobSQL
import KeyfobServer

/// An operator's error: what happened, and what to do next.
struct Failure: Error, CustomStringConvertible {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    var description: String { message }

    /// Runs a command's body; every error ends on standard error as `error:` and `hint:`, with exit code 1.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error where !(error is ExitCode) && !(error is ValidationError) && !(error is CleanExit) {
            let (message, hint) = describe(error)
            var text = "error: \(message)\n"
            if let hint { text += "hint: \(hint)\n" }
            FileHandle.standardError.write(Data(text.utf8))
            throw ExitCode(1)
        }
    }

    private static func describe(_ error: any Error) -> (String, String?) {
        switch error {
        case let error as Failure: (error.message, error.hint)
        case let error as SQLError: split(error.message)
        case let error as ServerError: (error.description, nil)
        default: ("\(error)", nil)
        }
    }

    /// The database says what happened and what to do next in one text.
    private static func split(_ text: String) -> (String, String?) {
        guard let semicolon = text.firstRange(of: "; ") else { return (text, nil) }
        return (String(text[..<semicolon.lowerBound]), String(text[semicolon.upperBound...]))
    }
}
