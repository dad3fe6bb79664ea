import Yams

/// One table of a settings file: whoever reads it takes its settings out, and what is left is a mistake.
struct SettingsTable {
    private let file: String
    /// The table's own name with those around it; empty for the file's outermost.
    private let path: [String]
    private let line: Int
    private var known: [String] = []
    private var entries: [Entry] = []

    private struct Entry {
        let key: String
        let line: Int
        let value: Node
    }

    /// Reads a file's text.
    ///
    /// - Throws: ``Failure`` if it is no YAML table.
    init(text: String, file: String) throws {
        do {
            try self.init(try Yams.compose(yaml: text), line: 1, path: [], file: file)
        } catch let error as YamlError {
            throw Failure(Self.words(for: error, in: file), hint: Self.exampleHint)
        }
    }

    private init(_ node: Node?, line: Int, path: [String], file: String) throws {
        self.file = file
        self.path = path
        self.line = line
        guard let node, node.null == nil else { return }
        guard case .mapping(let mapping) = node else {
            throw Failure(
                "\(file) line \(line): \(path.isEmpty ? "the file" : path.joined(separator: ".")) must be a table",
                hint: Self.exampleHint
            )
        }
        entries = mapping.map { key, value in
            Entry(key: key.string ?? "?", line: key.mark?.line ?? line, value: value)
        }
    }

    /// The keys that nobody has taken out yet, in the file's order.
    var keys: [String] { entries.map(\.key) }

    /// Takes out text.
    mutating func text(_ key: String) throws -> String? {
        try take(key) { $0.scalar?.string }.map { value, line in
            guard !value.isEmpty else { throw failure(line, "\(key) has no value", "give it one, or leave it out") }
            return value
        } ?? nil
    }

    /// Takes out a whole number.
    mutating func number(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let (value, line) = try take(key, { $0.int }) else { return nil }
        guard range.contains(value) else {
            throw failure(
                line, "\(key) can't be \(value)", "write a number of \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Takes out `true` or `false`.
    mutating func flag(_ key: String) throws -> Bool? {
        try take(key) { $0.bool }?.value
    }

    /// Takes out a list of texts; a single one needs no brackets.
    mutating func list(_ key: String) throws -> [String]? {
        try take(key) { node in
            guard case .sequence(let sequence) = node else { return node.scalar.map { [$0.string] } }
            let texts = sequence.compactMap { $0.scalar?.string }
            return texts.count == sequence.count ? texts : nil
        }?.value
    }

    /// Takes out a table; an absent one is empty.
    mutating func table(_ key: String) throws -> SettingsTable {
        known.append(key)
        guard let index = entries.firstIndex(where: { $0.key == key }) else {
            return try SettingsTable(nil, line: line, path: path + [key], file: file)
        }
        let entry = entries.remove(at: index)
        return try SettingsTable(entry.value, line: entry.line, path: path + [key], file: file)
    }

    /// Takes out every setting that is left, of whatever kind.
    mutating func rest<Value>(_ convert: (Node) -> Value?) throws -> [String: Value] {
        var values: [String: Value] = [:]
        for key in keys { values[key] = try take(key, convert)?.value }
        return values
    }

    /// Refuses what nobody has taken out.
    func finish() throws {
        guard let unknown = entries.first else { return }
        let place = path.isEmpty ? "here" : "of \(path.joined(separator: "."))"
        throw failure(
            unknown.line, "there is no setting \((path + [unknown.key]).joined(separator: "."))",
            "the settings \(place) are: \(known.joined(separator: ", "))"
        )
    }

    /// The line of a setting, also of one that was taken out before the table was copied.
    func line(of key: String) -> Int {
        entries.first { $0.key == key }?.line ?? line
    }

    /// An error at a line of the file.
    func failure(_ line: Int, _ message: String, _ hint: String) -> Failure {
        Failure("\(file) line \(line): \(message)", hint: hint)
    }

    private mutating func take<Value>(
        _ key: String, _ convert: (Node) -> Value?
    ) throws -> (value: Value, line: Int)? {
        known.append(key)
        guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
        let entry = entries.remove(at: index)
        guard entry.value.null == nil else {
            // A colour without quotes is a comment.
            throw failure(entry.line, "\(key) has no value", "leave it out, or write the value in quotes")
        }
        guard let value = convert(entry.value) else {
            throw failure(entry.line, "\(key) is not of the right kind", Self.exampleHint)
        }
        return (value, entry.line)
    }

    private static let exampleHint = "keyfob-server settings example shows how it is written"

    private static func words(for error: YamlError, in file: String) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "\(file) line \(mark.line): \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "\(file) line \(context.mark.line): \(keys.joined(separator: " and ")) is there twice"
        default: "\(file) is not YAML"
        }
    }
}
