import KeyfobSQL
import Testing

/// Opens the database under test; all calls of one opener lead to the same database, which is empty at first.
typealias DatabaseOpener = @Sendable () async throws -> any SQLDatabase

/// One sentence that every driver has to keep.
struct ContractRule: Sendable, CustomTestStringConvertible {
    let sentence: String
    let check: @Sendable (_ open: @escaping DatabaseOpener) async throws -> Void

    init(_ sentence: String, check: @escaping @Sendable (_ open: @escaping DatabaseOpener) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    var testDescription: String { sentence }
}

/// An error of the domain, for bodies that give up.
struct Refusal: Error, Equatable {
    let reason: String
}

extension SQLDatabase {
    /// A table of names, one of each.
    func makePeople() async throws {
        try await write { connection in
            try connection.execute("CREATE TABLE people (name TEXT NOT NULL UNIQUE, age BIGINT)")
        }
    }

    func addPerson(_ name: String) async throws {
        try await write { connection in
            try connection.execute("INSERT INTO people (name) VALUES ($1)", [SQLValue(name)])
        }
    }

    func people() async throws -> [String] {
        try await read { connection in
            try connection.execute("SELECT name FROM people ORDER BY name").map { try $0.text("name") }
        }
    }
}

/// The code of the `SQLError` that an operation fails with; nil when it succeeds.
func failureCode(_ operation: () async throws -> Void) async throws -> SQLError.Code? {
    do {
        try await operation()
        return nil
    } catch let error as SQLError {
        return error.code
    }
}

let statementContract: [ContractRule] = [
    ContractRule("a text with a NUL is refused, not cut there") { open in
        let database = try await open()
        try await database.makePeople()
        try await database.addPerson("ada")
        let kept = try await failureCode { try await database.addPerson("ada\0x") }
        #expect(kept == .unusableText)
        let found = try await failureCode {
            _ = try await database.read { try $0.first("SELECT age FROM people WHERE name = $1", [.text("ada\0x")]) }
        }
        #expect(found == .unusableText)
        #expect(try await database.people() == ["ada"])
    },
    ContractRule("parameters are numbered, not taken in order of appearance") { open in
        let database = try await open()
        let row = try await database.read { connection in
            try connection.first("SELECT CAST($2 AS TEXT) AS second, CAST($1 AS TEXT) AS first", ["a", "b"])
        }
        #expect(row == SQLRow(columns: ["second", "first"], values: ["b", "a"]))
    },
    ContractRule("a parameter can be used twice") { open in
        let database = try await open()
        let row = try await database.read { connection in
            try connection.first(
                "SELECT CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS c", ["x", "y"])
        }
        #expect(row == SQLRow(columns: ["a", "b", "c"], values: ["x", "y", "x"]))
    },
    ContractRule("a dollar sign in a quoted text is text") { open in
        let database = try await open()
        let row = try await database.read { connection in
            try connection.first("SELECT 'it''s $2' AS a, CAST($1 AS TEXT) AS b -- not $3", ["x"])
        }
        #expect(row == SQLRow(columns: ["a", "b"], values: ["it's $2", "x"]))
    },
    ContractRule("the wrong number of values is an error") { open in
        let database = try await open()
        let code = try await failureCode {
            _ = try await database.read { try $0.execute("SELECT CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b", ["x"]) }
        }
        #expect(code == .other)
    },
    ContractRule("values come back as they were stored") { open in
        let database = try await open()
        try await database.makePeople()
        let rows = try await database.write { connection in
            try connection.execute(
                "INSERT INTO people (name, age) VALUES ($1, $2), ($3, $4) RETURNING name, age",
                ["Zoë 🗝 \u{0301}", SQLValue(Int64.max), SQLValue(""), SQLValue(nil as Int64?)]
            )
        }
        #expect(try rows.map { try $0.text("name") } == ["Zoë 🗝 \u{0301}", ""])
        #expect(try rows.map { try $0.optionalInteger("age") } == [Int64.max, nil])
    },
    ContractRule("the wrong type and a missing column are decoding errors") { open in
        let database = try await open()
        let row = try #require(
            try await database.read { try $0.first("SELECT CAST($1 AS TEXT) AS name, CAST(2 AS BIGINT) AS age", ["x"]) }
        )
        let codes = await [
            try failureCode { _ = try row.integer("name") }, try failureCode { _ = try row.text("age") },
            try failureCode { _ = try row.flag("age") }, try failureCode { _ = try row.bytes("name") },
            try failureCode { _ = try row.optionalText("other") },
        ]
        #expect(codes == Array(repeating: .decoding, count: 5))
    },
    ContractRule("a body that only reads cannot write") { open in
        let database = try await open()
        try await database.makePeople()
        let code = try await failureCode {
            _ = try await database.read { try $0.execute("INSERT INTO people (name) VALUES ('eve')") }
        }
        #expect(code == .readOnly)
        #expect(try await database.people() == [])
    },
    ContractRule("a body cannot end its transaction") { open in
        let database = try await open()
        try await database.makePeople()
        let code = try await failureCode {
            try await database.write { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('eve')")
                try connection.execute("COMMIT")
            }
        }
        #expect(code == .other)
        #expect(try await database.people() == [])
    },
]

let transactionContract: [ContractRule] = [
    ContractRule("a body's own error undoes it and comes back as it was") { open in
        let database = try await open()
        try await database.makePeople()
        await #expect(throws: Refusal(reason: "changed my mind")) {
            try await database.write { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('eve')")
                throw Refusal(reason: "changed my mind")
            }
        }
        #expect(try await database.people() == [])
    },
    ContractRule("a violated constraint undoes its body and no other") { open in
        let database = try await open()
        try await database.makePeople()
        let codes = try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    try await failureCode {
                        try await database.write { connection in
                            let values = [SQLValue("person \(number)"), SQLValue("twin \(number / 2)")]
                            try connection.execute("INSERT INTO people (name) VALUES ($1)", [values[0]])
                            try connection.execute("INSERT INTO people (name) VALUES ($1)", [values[1]])
                        }
                    }
                }
            }
            return try await group.reduce(into: [SQLError.Code?]()) { $0.append($1) }
        }
        #expect(codes.count { $0 == nil } == 100)
        #expect(codes.count { $0 == .constraint } == 100)
        let people = try await database.people()
        #expect(people.count { $0.hasPrefix("twin") } == 100)
        #expect(people.count { $0.hasPrefix("person") } == 100)
    },
    ContractRule("a body that hides a failed statement fails all the same") { open in
        let database = try await open()
        try await database.makePeople()
        try await database.addPerson("ada")
        let code = try await failureCode {
            try await database.write { connection in
                try connection.execute("INSERT INTO people (name) VALUES ('eve')")
                _ = try? connection.execute("INSERT INTO people (name) VALUES ('ada')")
                _ = try? connection.execute("INSERT INTO people (name) VALUES ('bob')")
            }
        }
        #expect(code == .constraint)
        #expect(try await database.people() == ["ada"])
    },
    ContractRule("of 500 conditional updates of one row one wins") { open in
        let database = try await open()
        try await database.makePeople()
        try await database.addPerson("ada")
        let winners = try await withThrowingTaskGroup { group in
            for number in 0..<500 {
                group.addTask {
                    try await database.write { connection in
                        try connection.first(
                            "UPDATE people SET age = $2 WHERE name = $1 AND age IS NULL RETURNING age",
                            ["ada", SQLValue(number)]
                        )?.integer("age")
                    }
                }
            }
            return try await group.reduce(into: [Int64]()) { winners, age in if let age { winners.append(age) } }
        }
        let stored = try await database.read { try $0.first("SELECT age FROM people")?.integer("age") }
        #expect(winners.count == 1)
        #expect(winners.first == stored)
    },
    ContractRule("what was answered is seen by every later read, here and in another connection") { open in
        let (one, other) = (try await open(), try await open())
        try await one.makePeople()
        for number in 1...100 {
            try await one.addPerson("person \(number)")
            #expect(try await one.people().count == number)
            #expect(try await other.people().count == number)
        }
    },
    ContractRule("after closing everything says closed") { open in
        let database = try await open()
        try await database.makePeople()
        _ = try await database.people()
        try await database.close()
        try await database.close()
        #expect(try await failureCode { try await database.addPerson("eve") } == .closed)
        #expect(try await failureCode { _ = try await database.people() } == .closed)
        #expect(try await open().people() == [])
    },
    ContractRule("writes that wait while the database closes are answered truthfully") { open in
        let database = try await open()
        try await database.makePeople()
        let added = try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask { try await failureCode { try await database.addPerson("person \(number)") } }
            }
            group.addTask {
                try await database.close()
                return .closed
            }
            return try await group.reduce(into: 0) { count, code in
                #expect(code == nil || code == .closed)
                count += code == nil ? 1 : 0
            }
        }
        #expect(try await open().people().count == added)
    },
]
