import ArgumentParser
import KeyfobSQLite

/// The command `keyfob-server migrate`.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database's tables up to date.",
        discussion: "serve does this by itself at every start; here it can be done beforehand."
    )

    @OptionGroup var data: DataFolder

    func run() async throws {
        try await Failure.reporting {
            let (database, applied) = try await data.openDatabase()
            try await database.close()
            print(applied.isEmpty ? "The tables are up to date." : "Applied: \(applied.joined(separator: ", "))")
        }
    }
}
