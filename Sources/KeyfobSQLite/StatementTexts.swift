import KeyfobSQL
import Synchronization

/// The statements' texts as SQLite needs them, made once per literal.
///
/// For SQLite `$1` is a name whose number is its order of appearance, so `$2` before `$1` would bind the wrong values
/// without an error; `?1` and `?2` are numbers.
final class StatementTexts: Sendable {
    private struct Key: Hashable {
        let start: UInt
        let length: Int
    }

    private let texts = Mutex<[Key: String]>([:])

    /// The text with numbered parameters.
    ///
    /// - Throws: `SQLError` with `.other` for a statement that begins or ends transactions, which is the writer's work.
    func text(of sql: StaticString) throws(SQLError) -> String {
        guard sql.hasPointerRepresentation else { return sql.description }
        let key = Key(start: UInt(bitPattern: sql.utf8Start), length: sql.utf8CodeUnitCount)
        if let known = texts.withLock({ $0[key] }) { return known }
        let text = Self.numbered(sql.description)
        let verb = text.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        if ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "START", "ABORT"].contains(verb) {
            throw SQLError(.other, "a body must not control the transaction it runs in (\(verb))")
        }
        texts.withLock { $0[key] = text }
        return text
    }

    /// Rewrites `$1` to `?1` outside of quotes, comments and names.
    static func numbered(_ sql: String) -> String {
        let source = Array(sql.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < source.count {
            let end = endOfOpaquePart(source, from: index)
            let isParameter =
                source[index] == UInt8(ascii: "$") && end == index + 1
                && end < source.count && isDigit(source[end])
            result.append(contentsOf: isParameter ? [UInt8(ascii: "?")] : source[index..<end])
            index = end
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The end of what begins at an index and is taken over as it is: a quoted part, a comment, a word, or one byte.
    private static func endOfOpaquePart(_ source: [UInt8], from start: Int) -> Int {
        let rest = source[start...]
        switch source[start] {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
            // A doubled quote is two parts side by side, which comes to the same.
            return rest.dropFirst().firstIndex(of: source[start]).map { $0 + 1 } ?? source.count
        case UInt8(ascii: "-") where rest.starts(with: "--".utf8):
            return rest.firstIndex(of: UInt8(ascii: "\n")) ?? source.count
        case UInt8(ascii: "/") where rest.starts(with: "/*".utf8):
            let close = (start + 2..<max(start + 2, source.count - 1)).first { source[$0...].starts(with: "*/".utf8) }
            return close.map { $0 + 2 } ?? source.count
        case let byte where isWordByte(byte):
            return rest.firstIndex { !isWordByte($0) && $0 != UInt8(ascii: "$") } ?? source.count
        default:
            return start + 1
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
