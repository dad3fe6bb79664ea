import KeyfobSQL
import Testing

@testable import KeyfobSQLite

struct StatementTextsTests {
    @Test(arguments: [
        ("SELECT $1, $22", "SELECT ?1, ?22"),
        ("VALUES($2,$1)", "VALUES(?2,?1)"),
        ("SELECT '$1', 'it''s $1', $1", "SELECT '$1', 'it''s $1', ?1"),
        (#"SELECT "a$1""$2", `$3`, $1"#, #"SELECT "a$1""$2", `$3`, ?1"#),
        ("SELECT a$1, é$2, b_$3, $4", "SELECT a$1, é$2, b_$3, ?4"),
        ("SELECT $1 -- $2 it's\n, $3", "SELECT ?1 -- $2 it's\n, ?3"),
        ("SELECT $1 /* $2 ' */ , $3 - $4 / $5", "SELECT ?1 /* $2 ' */ , ?3 - ?4 / ?5"),
        ("SELECT '$1", "SELECT '$1"),
        ("/* $1", "/* $1"),
        ("/*/ $1 */ $2", "/*/ $1 */ ?2"),
        ("$", "$"),
        ("$a $ 1", "$a $ 1"),
        ("", ""),
    ])
    func `parameters are rewritten outside of quotes, comments and names`(sql: String, expected: String) {
        #expect(StatementTexts.numbered(sql) == expected)
    }

    @Test
    func `each literal keeps its own text`() throws {
        let texts = StatementTexts()
        for _ in 1...2 {
            #expect(try texts.text(of: "SELECT $1") == "SELECT ?1")
            #expect(try texts.text(of: "SELECT $2") == "SELECT ?2")
        }
    }

    @Test(arguments: ["BEGIN", " commit", "\nROLLBACK TO x", "savepoint x", "RELEASE x", "END;"] as [StaticString])
    func `a statement that controls transactions is refused`(sql: StaticString) {
        #expect(throws: SQLError.self) { try StatementTexts().text(of: sql) }
    }
}
