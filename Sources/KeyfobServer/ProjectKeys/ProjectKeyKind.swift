package import KeyfobProtocol

/// How a product's project keys look and what they can be for; a dialect gives one.
package struct ProjectKeyKind: Sendable, Hashable {
    /// The keys' form; no two kinds share a prefix.
    package let format: TokenFormat
    /// Every scope that a key can have.
    package let scopes: Scopes
    /// What a key gets when nobody chose.
    package let defaultScopes: Scopes
    /// How many of a key's first characters lists show, the prefix included.
    package let shownCharacters: Int

    /// Makes a kind.
    package init(format: TokenFormat, scopes: Scopes, defaultScopes: Scopes, shownCharacters: Int) {
        self.format = format
        self.scopes = scopes
        self.defaultScopes = defaultScopes
        self.shownCharacters = shownCharacters
    }

    /// Keys where no product prescribes others; they have no scopes.
    package static let standard = ProjectKeyKind(
        format: TokenFormat(prefix: "kfp_"), scopes: Scopes(), defaultScopes: Scopes(), shownCharacters: 10
    )

    /// The scopes that somebody chose, or the default.
    ///
    /// - Throws: ``ServerError`` with `invalid_scope`.
    func chosen(_ scopes: Scopes?) throws -> Scopes {
        guard let scopes else { return defaultScopes }
        let unknown = scopes.subtracting(self.scopes)
        guard unknown.isEmpty else {
            throw ServerError.oauth(.invalidScope, "a key of this kind can't have the scope \(unknown)")
        }
        return scopes
    }
}

extension RandomBytes {
    /// A name for a key that people can say and type: `key_` and twenty lower-case letters and digits.
    func keyIdentifier() -> String {
        "key_" + characters(20, from: Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8))
    }
}
