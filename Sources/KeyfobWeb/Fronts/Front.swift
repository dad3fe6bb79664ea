/// One of the origins that the server answers for, and how it looks there.
package struct Front: Sendable, Hashable {
    /// What the browser's address line begins with; no slash at the end.
    package let origin: String
    /// The issuer of tokens that are issued here: this origin, or another front's.
    package let issuer: String
    /// How its pages look.
    package let brand: Brand
    /// The dialect that the host belongs to; `nil` for the server's own.
    package let dialect: String?

    /// Whether browsers reach it by https.
    var isSecure: Bool { origin.hasPrefix("https://") }
    /// Whether tokens name this origin, and so its metadata can be found here (RFC 8414 section 3.3).
    var isIssuer: Bool { origin == issuer }
}

/// Why the hosts of a site's dialects can't be served.
package enum FrontError: Error, Equatable, CustomStringConvertible {
    /// Two dialects name one host.
    case sharedHost(String, dialects: [String])
    /// A dialect names a host for a role that it has not.
    case unknownRole(String, dialect: String, roles: [String])
    /// Two dialects claim one path on one front.
    case sharedPath(String, origin: String, dialects: [String])

    /// What is wrong.
    package var description: String {
        switch self {
        case .sharedHost(let origin, let dialects):
            "the host \(origin) is named by two dialects: \(dialects.joined(separator: " and "))"
        case .unknownRole(let role, let dialect, let roles):
            "\(dialect) has no host \(role); it has: \(roles.joined(separator: ", "))"
        case .sharedPath(let path, let origin, let dialects):
            "\(dialects.joined(separator: " and ")) both answer \(path) at \(origin)"
        }
    }

    /// What the operator does about it.
    package var hint: String {
        switch self {
        case .sharedHost, .sharedPath: "give each dialect hosts of its own, in the settings file"
        case .unknownRole: "name one of those"
        }
    }
}
