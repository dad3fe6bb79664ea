/// A successful reply of the device authorization endpoint
/// ([RFC 8628 section 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2)).
public struct DeviceAuthorizationReply: Sendable, Hashable, Codable {
    /// The secret that the device polls with.
    public var deviceCode: String
    /// The code for the person.
    public var userCode: String
    /// The page on which the code is entered.
    public var verificationURI: String
    /// The same page with the code filled in.
    public var verificationURIComplete: String?
    /// The codes' life in seconds.
    public var expiresIn: Int
    /// Seconds between polls; five if the server does not say.
    public var interval: Int?

    /// Makes a reply.
    public init(
        deviceCode: String, userCode: String, verificationURI: String, verificationURIComplete: String? = nil,
        expiresIn: Int, interval: Int? = nil
    ) {
        self.deviceCode = deviceCode
        self.userCode = userCode
        self.verificationURI = verificationURI
        self.verificationURIComplete = verificationURIComplete
        self.expiresIn = expiresIn
        self.interval = interval
    }

    private enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
        case userCode = "user_code"
        case verificationURI = "verification_uri"
        case verificationURIComplete = "verification_uri_complete"
        case expiresIn = "expires_in"
        case interval
    }
}
