/// How ``LiveTransport`` reaches the network.
public struct TransportSettings: Sendable {
    /// The proxies.
    public var proxy: ProxySettings
    /// A PEM file of certificate authorities to trust besides the system's.
    public var certificateFile: String?
    /// The longest time to wait for a connection; ten seconds by default.
    public var connectTime: Duration
    /// What the program calls itself.
    public var userAgent: String

    /// Makes settings.
    public init(
        proxy: ProxySettings = .none, certificateFile: String? = nil, connectTime: Duration = .seconds(10),
        userAgent: String = "keyfob"
    ) {
        self.proxy = proxy
        self.certificateFile = certificateFile
        self.connectTime = connectTime
        self.userAgent = userAgent
    }

    /// Reads the usual variables: those of ``ProxySettings`` and `SSL_CERT_FILE`.
    ///
    /// - Parameters:
    ///   - environment: The variables.
    ///   - userAgent: What the program calls itself.
    public init(environment: [String: String], userAgent: String) {
        self.init(
            proxy: ProxySettings(environment: environment),
            certificateFile: environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }, userAgent: userAgent)
    }
}
