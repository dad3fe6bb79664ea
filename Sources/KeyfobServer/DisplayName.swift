extension AuthorizationServer {
    /// A name for people, without white space around it, and with single spaces in it.
    ///
    /// - Parameters:
    ///   - name: What somebody typed.
    ///   - owner: What is named, for the refusal, such as `a project`.
    /// - Returns: The name as it is kept.
    /// - Throws: ``ServerError`` with `.invalidInput` for an empty or long one, and for invisible characters.
    static func checkedName(_ name: String, of owner: String) throws -> String {
        let typed = name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        let isPlain = String(typed).unicodeScalars.allSatisfy {
            ![.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
        let kept = typed.split(whereSeparator: \.isWhitespace).map { String($0) }.joined(separator: " ")
        guard (1...100).contains(kept.unicodeScalars.count), isPlain else {
            throw ServerError(.invalidInput, "the name of \(owner) has 1 to 100 characters, and no invisible ones")
        }
        return kept
    }
}
