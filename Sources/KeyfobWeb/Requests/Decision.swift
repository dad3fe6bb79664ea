import HTTPTypes
import KeyfobProtocol

/// What a person chose on an approval page.
enum Decision: String {
    case approve, deny

    /// Reads the button that was pressed.
    ///
    /// - Throws: ``WebError`` if neither was: a form is not an approval by itself.
    init(_ fields: FormFields) throws {
        guard let decision = Decision(rawValue: fields[name: "decision"] ?? "") else {
            throw WebError(.badRequest, .invalidRequest, "press Approve or Deny")
        }
        self = decision
    }
}
