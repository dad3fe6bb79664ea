package import KeyfobProtocol

/// What kind of access token a client's users get, and for how long.
package enum AccessTokenPolicy: Sendable, Hashable {
    /// A signed JWT ([RFC 9068](https://www.rfc-editor.org/rfc/rfc9068)) that lives some seconds.
    case jwt(life: Int)
    /// Random text of a form; it lives some seconds, or until it is revoked.
    case opaque(TokenFormat, life: Int?)

    /// The token's life in seconds; `nil` if it lives until it is revoked.
    var life: Int? {
        switch self {
        case .jwt(let life): life
        case .opaque(_, let life): life
        }
    }

    /// A JWT of fifteen minutes.
    package static let standard = AccessTokenPolicy.jwt(life: 900)
    /// The form of opaque tokens where no product prescribes one.
    package static let standardOpaqueFormat = TokenFormat(prefix: "kfa_")
}

extension AccessTokenPolicy: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, life, prefix, alphabet, length, checksum
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .kind) {
        case "jwt":
            self = .jwt(life: try container.decode(Int.self, forKey: .life))
        case "opaque":
            let isHexadecimal = try container.decode(String.self, forKey: .alphabet) == "hexadecimal"
            let format = TokenFormat(
                prefix: try container.decode(String.self, forKey: .prefix),
                alphabet: isHexadecimal ? .hexadecimal : .base62,
                length: try container.decode(Int.self, forKey: .length),
                hasChecksum: try container.decode(Bool.self, forKey: .checksum)
            )
            self = .opaque(format, life: try container.decodeIfPresent(Int.self, forKey: .life))
        case let kind:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "unknown kind of access token: \(kind)"
            )
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .jwt(let life):
            try container.encode("jwt", forKey: .kind)
            try container.encode(life, forKey: .life)
        case .opaque(let format, let life):
            try container.encode("opaque", forKey: .kind)
            try container.encode(format.prefix, forKey: .prefix)
            try container.encode(format.alphabet == .hexadecimal ? "hexadecimal" : "base62", forKey: .alphabet)
            try container.encode(format.length, forKey: .length)
            try container.encode(format.hasChecksum, forKey: .checksum)
            try container.encodeIfPresent(life, forKey: .life)
        }
    }
}
