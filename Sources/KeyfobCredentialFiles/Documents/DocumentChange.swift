/// One difference between two documents: a value that is set or taken away.
package struct DocumentChange: Equatable {
    /// Where the value is.
    package var path: [String]
    /// The new value; nil takes it away, with all that is in it.
    package var value: DocumentValue?

    /// What makes a document out of another one: first what goes, in the order of the old one, then what comes.
    ///
    /// - Parameters:
    ///   - old: The document as it is.
    ///   - new: The document as it shall be.
    /// - Returns: The changes; tables that both have are changed from the inside.
    package static func changes(from old: DocumentTable, to new: DocumentTable) -> [DocumentChange] {
        removals(from: old, to: new, at: []) + additions(from: old, to: new, at: [])
    }

    private static func removals(
        from old: DocumentTable, to new: DocumentTable, at path: [String]
    ) -> [DocumentChange] {
        old.uniqueNames.flatMap { name -> [DocumentChange] in
            let path = path + [name]
            let (before, after) = (old[name], new[name])
            if let before = before?.table, let after = after?.table {
                return removals(from: before, to: after, at: path)
            }
            // A table that becomes something else can't be changed in place.
            let isGone = after == nil || before?.table != nil || after?.table != nil
            return isGone ? [DocumentChange(path: path, value: nil)] : []
        }
    }

    private static func additions(
        from old: DocumentTable, to new: DocumentTable, at path: [String]
    ) -> [DocumentChange] {
        new.uniqueNames.flatMap { name -> [DocumentChange] in
            let path = path + [name]
            guard let after = new[name] else { return [] }
            if let before = old[name]?.table, let after = after.table {
                return additions(from: before, to: after, at: path)
            }
            return old[name] == after ? [] : [DocumentChange(path: path, value: after)]
        }
    }
}

extension DocumentFormat {
    /// Writes a document by changing the old text, and anew where that does not say what it should.
    ///
    /// Whatever comes out has been read again: it says what it must, or nothing is written.
    ///
    /// - Parameters:
    ///   - document: What the text must say.
    ///   - old: The old text.
    ///   - edit: Makes one change in a text and says whether it could.
    ///   - write: Writes a document anew.
    /// - Returns: The text.
    /// - Throws: ``DocumentSyntaxError`` for a document that the language has no words for.
    package func faithfulText(
        of document: DocumentTable, over old: [UInt8]?, edit: (DocumentChange, inout [UInt8]) -> Bool,
        write: (DocumentTable) -> String
    ) throws(DocumentSyntaxError) -> String {
        if let old, let text = edited(old, into: document, edit) { return text }
        let text = write(document)
        guard try parse(Array(text.utf8)).means(document) else {
            throw DocumentSyntaxError("a name or value has no words in \(name)")
        }
        return text
    }

    private func edited(
        _ old: [UInt8], into document: DocumentTable, _ edit: (DocumentChange, inout [UInt8]) -> Bool
    ) -> String? {
        guard let before = try? parse(old) else { return nil }
        var text = old
        for change in DocumentChange.changes(from: before, to: document) {
            guard edit(change, &text) else { return nil }
        }
        guard let after = try? parse(text), after.means(document) else { return nil }
        return String(validating: text, as: UTF8.self)
    }
}
