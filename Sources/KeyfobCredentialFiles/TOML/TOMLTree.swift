/// Puts the statements of a TOML text together, and refuses what is defined twice.
final class TOMLTree {
    private enum Kind {
        /// A value, or a table in braces: nothing can be added to it.
        case value(DocumentValue)
        case table(Table)
        /// An array of tables, of which the last one is being written.
        case array([Table])
    }

    private final class Table {
        /// How a table came to be, which decides who may add to it.
        enum Origin: Equatable {
            /// Named on the way to another one.
            case implicit
            /// By a header of its own.
            case header
            /// By dotted keys below the header with this number.
            case dots(Int)
        }

        var origin: Origin
        private var members: [(name: String, kind: Kind)] = []
        // By their bytes, as names are compared; looking through all members would take long in a table of many.
        private var places: [[UInt8]: Int] = [:]

        init(_ origin: Origin) {
            self.origin = origin
        }

        subscript(name: String) -> Kind? {
            places[Array(name.utf8)].map { members[$0].kind }
        }

        func set(_ name: String, _ kind: Kind) {
            let bytes = Array(name.utf8)
            if let index = places[bytes] {
                members[index].kind = kind
            } else {
                places[bytes] = members.count
                members.append((name, kind))
            }
        }

        var document: DocumentTable {
            DocumentTable(
                members.map { member in
                    switch member.kind {
                    case .value(let value): .init(member.name, value)
                    case .table(let table): .init(member.name, .table(table.document))
                    case .array(let tables): .init(member.name, .list(tables.map { .table($0.document) }))
                    }
                })
        }
    }

    private let root = Table(.header)
    private var current: Table
    private var section = 0

    init() {
        current = root
    }

    /// What the statements say.
    var document: DocumentTable { root.document }

    /// Begins a table; false when it is there already, or something else is.
    func begin(_ path: [String], isArray: Bool) -> Bool {
        section += 1
        guard let name = path.last, let parent = parent(of: path) else { return false }
        let table = Table(.header)
        switch parent[name] {
        case nil: parent.set(name, isArray ? .array([table]) : .table(table))
        case .array(let tables) where isArray: parent.set(name, .array(tables + [table]))
        case .table(let known) where !isArray && known.origin == .implicit:
            known.origin = .header
            current = known
            return true
        default: return false
        }
        current = table
        return true
    }

    /// Puts a value into the table that was begun last; false when its name is taken.
    func insert(_ value: DocumentValue, at path: [String]) -> Bool {
        var table = current
        for name in path.dropLast() {
            switch table[name] {
            case nil:
                let inner = Table(.dots(section))
                table.set(name, .table(inner))
                table = inner
            case .table(let inner) where inner.origin == .implicit || inner.origin == .dots(section):
                inner.origin = .dots(section)
                table = inner
            default: return false
            }
        }
        guard let name = path.last, table[name] == nil else { return false }
        table.set(name, .value(value))
        return true
    }

    private func parent(of path: [String]) -> Table? {
        var table = root
        for name in path.dropLast() {
            switch table[name] {
            case nil:
                let inner = Table(.implicit)
                table.set(name, .table(inner))
                table = inner
            case .table(let inner): table = inner
            case .array(let tables):
                guard let last = tables.last else { return nil }
                table = last
            case .value: return nil
            }
        }
        return table
    }
}
