import KeyfobCredentialFiles
import Yams

/// Reads YAML with Yams into the values that all formats share.
struct YAMLReader {
    private var count = 0

    mutating func document(_ text: [UInt8]) throws(DocumentSyntaxError) -> DocumentTable {
        guard let root = try Self.root(text) else { return DocumentTable() }
        switch try value(root, depth: 0) {
        case .table(let table): return table
        case .null: return DocumentTable()
        default: throw DocumentSyntaxError("the text is not a mapping", line: 1, column: 1)
        }
    }

    /// The tree as Yams reads it, with the places of all nodes; nil for a text without any value.
    static func root(_ text: [UInt8]) throws(DocumentSyntaxError) -> Node? {
        guard text.count <= DocumentLimits.size else { throw DocumentSyntaxError("the text is too large") }
        guard let string = String(validating: text, as: UTF8.self), !text.contains(0) else {
            throw DocumentSyntaxError("the text is not UTF-8 without NUL")
        }
        do {
            // Without rules Yams resolves nothing by regular expressions: that is done here, and faster.
            return try Parser(yaml: string, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw syntaxError(error)
        } catch {
            throw DocumentSyntaxError("this is not YAML")
        }
    }

    // Yams' own words quote the text, and so a token.
    private static func syntaxError(_ error: YamlError) -> DocumentSyntaxError {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
            DocumentSyntaxError("this is not YAML", line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping:
            DocumentSyntaxError("a name stands twice in a mapping")
        default:
            DocumentSyntaxError("this is not YAML")
        }
    }

    private mutating func value(_ node: Node, depth: Int) throws(DocumentSyntaxError) -> DocumentValue {
        count += 1
        // Aliases make much out of little.
        guard count <= DocumentLimits.values else { throw DocumentSyntaxError("the text holds too many values") }
        guard depth <= DocumentLimits.depth else { throw DocumentSyntaxError("the text is nested too deeply") }
        switch node {
        case .scalar(let scalar):
            return YAMLScalar.value(scalar)
        case .sequence(let sequence):
            var elements: [DocumentValue] = []
            for element in sequence { elements.append(try value(element, depth: depth + 1)) }
            return .list(elements)
        case .mapping(let mapping):
            var members: [DocumentTable.Member] = []
            for (key, inner) in mapping {
                guard let name = key.scalar?.string else { throw DocumentSyntaxError("a name is no string") }
                members.append(DocumentTable.Member(name, try value(inner, depth: depth + 1)))
            }
            return .table(DocumentTable(members))
        case .alias:
            throw DocumentSyntaxError("an alias leads nowhere")
        }
    }
}
