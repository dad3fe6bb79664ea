import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport
import Testing

/// Expects the domain to refuse something with one code.
func expectRefusal<Result>(
    _ code: ServerError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async {
    do {
        _ = try await body()
        Issue.record("was not refused", sourceLocation: sourceLocation)
    } catch let error as ServerError {
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    } catch {
        Issue.record("was refused by \(error)", sourceLocation: sourceLocation)
    }
}

/// Expects the domain to refuse something with an error that an RFC names.
func expectRefusal<Result>(
    _ code: OAuthErrorCode, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Result
) async {
    await expectRefusal(.oauth(code), sourceLocation: sourceLocation, body)
}

/// The refusal of something, to be compared with another one.
func refusal<Result>(_ body: () async throws -> Result) async throws -> ServerError {
    do {
        _ = try await body()
    } catch let error as ServerError {
        return error
    }
    throw Missing()
}
