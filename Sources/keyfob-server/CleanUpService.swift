import KeyfobServer
import Logging
import ServiceLifecycle

/// Deletes what is over, in small batches, for as long as the server runs.
struct CleanUpService: Service {
    let server: AuthorizationServer
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let deleted = try await server.cleanUp()
                    if deleted > 0 { logger.debug("cleaned up", metadata: ["rows": "\(deleted)"]) }
                    try await Task.sleep(for: deleted >= 500 ? .seconds(1) : .seconds(60))
                } catch is CancellationError {
                    return
                } catch {
                    logger.warning("clean-up failed", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(60))
                }
            }
        }
    }
}
