import KeyfobClient
import KeyfobSignIn

extension Failure {
    static func outcome(of code: ClientError.Code) -> (String, ExitStatus) {
        switch code {
        case .invalidAddress: ("invalid_address", .usage)
        case .insecureAddress: ("insecure_address", .usage)
        case .issuerMismatch: ("issuer_mismatch", .failed)
        case .noMetadata: ("no_metadata", .failed)
        case .unsupported: ("unsupported", .failed)
        case .unreachable: ("unreachable", .unreachable)
        case .serverFailure: ("server_failure", .unreachable)
        case .unexpectedReply: ("unexpected_reply", .failed)
        case .replyTooLarge: ("reply_too_large", .failed)
        case .refused: ("refused", .failed)
        case .unauthorized: ("token_refused", .notSignedIn)
        case .forbidden: ("forbidden", .denied)
        case .notFound: ("not_found", .failed)
        case .denied: ("denied", .denied)
        case .expired: ("expired", .failed)
        case .timedOut: ("timed_out", .failed)
        case .foreignVerificationAddress: ("foreign_verification_address", .failed)
        case .stateMismatch: ("state_mismatch", .failed)
        case .callbackIssuerMismatch: ("callback_issuer_mismatch", .failed)
        case .invalidIDToken: ("invalid_id_token", .failed)
        case .cancelled: ("interrupted", .interrupted)
        }
    }

    static func outcome(of code: SignInError.Code) -> (String, ExitStatus, Wording.Occasion?) {
        switch code {
        case .notSignedIn: ("not_signed_in", .notSignedIn, .notSignedIn)
        case .tokenExpired: ("token_expired", .notSignedIn, .tokenExpired)
        case .loginEnded: ("login_ended", .notSignedIn, .tokenExpired)
        case .tokenRefused: ("token_refused", .notSignedIn, .tokenRefused)
        case .malformedToken: ("malformed_token", .failed, .malformedToken)
        case .notRefreshable: ("not_refreshable", .failed, .notRefreshable)
        case .invalidProfile: ("invalid_profile", .usage, nil)
        case .noMethod: ("no_method", .failed, nil)
        }
    }

    static func occasion(of code: ClientError.Code) -> Wording.Occasion? {
        switch code {
        case .expired: .expired
        case .denied: .denied
        case .timedOut: .timedOut
        case .unauthorized: .tokenRefused
        case .forbidden: .forbidden
        case .unreachable, .serverFailure: .unreachable
        default: nil
        }
    }
}
