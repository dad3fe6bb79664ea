import KeyfobSQL
import KeyfobSQLite
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SQLiteContractTests {
    @Test(arguments: statementContract + transactionContract + migrationContract)
    func `SQLite keeps the contract`(rule: ContractRule) async throws {
        let folder = try TemporaryFolder()
        try await rule.check { try SQLiteDatabase.open(path: folder.database) }
    }
}
