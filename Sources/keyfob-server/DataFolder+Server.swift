import Foundation
import KeyfobSQL
import KeyfobServer

extension DataFolder {
    /// Opens the domain for one command, and closes it afterwards; every error ends as `error:` and `hint:`.
    func withServer(_ body: (AuthorizationServer) async throws -> Void) async throws {
        try await Failure.reporting {
            let server = try await openServer()
            do {
                try await body(server)
            } catch {
                try? await server.database.close()
                throw error
            }
            try await server.database.close()
        }
    }
}
