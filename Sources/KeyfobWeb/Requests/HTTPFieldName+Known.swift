import HTTPTypes

/// The header fields that HTTPTypes has no names for.
extension HTTPField.Name {
    private static func named(_ text: String) -> HTTPField.Name {
        // Called with the literals below only, all of them tokens of RFC 9110 section 5.6.2.
        guard let name = HTTPField.Name(text) else { preconditionFailure("not a header name: \(text)") }
        return name
    }

    static let codeVerifier = named("Code-Verifier")
    static let crossOriginOpenerPolicy = named("Cross-Origin-Opener-Policy")
    /// The first `Host` field becomes the request's authority; what is left under that name is a second one.
    static let secondHost = named("Host")
    static let idempotencyKey = named("Idempotency-Key")
    static let permissionsPolicy = named("Permissions-Policy")
    static let pragma = named("Pragma")
    static let referrerPolicy = named("Referrer-Policy")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let xForwardedFor = named("X-Forwarded-For")
    static let xFrameOptions = named("X-Frame-Options")
}
