/// Brings a database's schema to this program's state.
///
/// The table `schema_migrations` remembers which steps ran. All missing steps run in one transaction, so an
/// interruption leaves the database as it was, and of two nodes that start at once the second finds the work done.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    /// Creates a migrator from the whole history, oldest first.
    ///
    /// The names must be distinct and sorted; anything else is a programming error and stops the program.
    package init(_ migrations: [Migration]) {
        precondition(
            zip(migrations, migrations.dropFirst()).allSatisfy { $0.id < $1.id },
            "migrations have distinct, sorted names"
        )
        self.migrations = migrations
    }

    /// Runs the steps that the database lacks.
    ///
    /// - Parameters:
    ///   - database: The database to change.
    ///   - milliseconds: The time to remember the steps with, in milliseconds since 1970.
    /// - Returns: The names of the steps that this call ran, in order.
    /// - Throws: `SQLError` with `.other` when the database knows a step that this program does not, and whatever the
    ///   statements fail with. The database is unchanged then.
    package func migrate(_ database: any SQLDatabase, at milliseconds: Int64) async throws -> [String] {
        try await database.write { connection in
            try missing(connection).filter { try run($0, on: connection, at: milliseconds) }.map(\.id)
        }
    }

    /// The names of the steps that the database lacks, in order; only the empty table of steps is created if need be.
    ///
    /// - Throws: `SQLError`, as `migrate` does.
    package func pending(_ database: any SQLDatabase) async throws -> [String] {
        try await database.write { connection in try missing(connection).map(\.id) }
    }

    private func missing(_ connection: any SQLConnection) throws -> [Migration] {
        try connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (id TEXT PRIMARY KEY NOT NULL, applied_at BIGINT NOT NULL)"
        )
        let done = try connection.execute("SELECT id FROM schema_migrations ORDER BY id").map { try $0.text("id") }
        if let unknown = done.last(where: { id in !migrations.contains { $0.id == id } }) {
            let newest = migrations.last?.id ?? "none"
            throw SQLError(
                .other,
                "the database was set up by a newer version of this program (it has the step \(unknown), this program "
                    + "knows steps up to \(newest)); start that version, or restore a backup from before the upgrade"
            )
        }
        return migrations.filter { !done.contains($0.id) }
    }

    /// Claims the step first: a second node waits at the primary key, then sees that there is nothing left to do.
    private func run(_ migration: Migration, on connection: any SQLConnection, at milliseconds: Int64) throws -> Bool {
        let claim = try connection.first(
            "INSERT INTO schema_migrations (id, applied_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id",
            [SQLValue(migration.id), SQLValue(milliseconds)]
        )
        guard claim != nil else { return false }
        for statement in migration.statements {
            try connection.execute(statement)
        }
        return true
    }
}
