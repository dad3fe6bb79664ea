import FoundationEssentials
import HTTPTypes
package import Hummingbird
import KeyfobProtocol

extension Request {
    private struct ChallengeBody: Decodable {
        let challenge: String?
        let method: String?
        let deviceName: String?

        enum CodingKeys: String, CodingKey {
            case challenge = "code_challenge"
            case method = "code_challenge_method"
            case deviceName = "device_name"
        }
    }

    /// The challenge with which a program starts a browser request; see ``browserRequestStart()``.
    ///
    /// - Returns: The challenge; `nil` where there is none.
    /// - Throws: ``WebError`` as ``browserRequestStart()``.
    package func startChallenge() async throws -> String? {
        try await browserRequestStart().challenge
    }

    /// What a program starts a browser request with: the member `code_challenge` of a JSON body, beside
    /// `code_challenge_method`, which is `S256`, and the machine's name in `device_name`.
    ///
    /// The names are those of [RFC 7636 section 4.3](https://www.rfc-editor.org/rfc/rfc7636#section-4.3) and of the device
    /// flow here. Programs that know no challenge send no body, with whatever content type.
    ///
    /// - Returns: The challenge, and the machine's name for the approval page; `nil` where they are not told.
    /// - Throws: ``WebError`` for a body that is no JSON object, or another method than S256.
    package func browserRequestStart() async throws -> (challenge: String?, deviceName: String?) {
        let bytes = try await bytes()
        guard !bytes.isEmpty else { return (nil, nil) }
        guard let body = try? JSONDecoder().decode(ChallengeBody.self, from: Data(bytes)) else {
            throw WebError(.badRequest, .invalidRequest, "the body is not the JSON object that this endpoint takes")
        }
        guard body.challenge == nil || body.method == PKCE.method else {
            throw WebError(.badRequest, .invalidRequest, "code_challenge_method must be S256")
        }
        return (body.challenge, body.deviceName)
    }

    /// The verifier with which a program polls, in the header `Code-Verifier`: queries end up in logs.
    package var pollVerifier: String? { headers[.codeVerifier] }
}
