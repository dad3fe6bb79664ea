package import FoundationEssentials
package import KeyfobProtocol

/// What one client's personal tokens look like, allow, and how long they live.
package struct PersonalTokenKind: Sendable, Hashable {
    /// One choice of how long a token lives.
    package enum Life: Sendable, Hashable {
        /// Some days.
        case days(Int)
        /// Until a day that the person names.
        case date
        /// Until it is revoked.
        case never
    }

    /// The most active tokens that anyone has of one client, where the kind says nothing.
    package static let defaultMaximum = 100
    /// The latest day that can be named is this many days away; ten years.
    package static let furthestDay = 3_660

    /// The client that the tokens work for.
    package let clientID: String
    /// The secret's form.
    package let format: TokenFormat
    /// How many of the secret's first characters are kept to be shown.
    package let shownCharacters: Int
    /// The scopes that the person chooses from; empty where there is no choice.
    package let offeredScopes: Scopes
    /// The scopes that are chosen beforehand; where there is no choice, what every token allows.
    package let standardScopes: Scopes
    /// The lives to choose from, the suggested one first.
    package let lives: [Life]
    /// The most active tokens that one person has.
    package let maximumActive: Int
    /// Whether a token's name can be changed.
    package let canRename: Bool
    /// Whether a token can get a new secret.
    package let canRegenerate: Bool

    /// Makes a kind.
    ///
    /// - Parameters:
    ///   - clientID: The client that the tokens work for.
    ///   - format: The secret's form; the server's `opaqueTokenFormats` must have it.
    ///   - shownCharacters: How many of the secret's first characters are kept to be shown.
    ///   - offeredScopes: The scopes to choose from; none by default: there is no choice.
    ///   - standardScopes: The scopes that are chosen beforehand, or that every token has where there is no choice.
    ///   - lives: The lives to choose from, the suggested one first.
    ///   - maximumActive: The most active tokens that one person has; a hundred by default.
    ///   - canRename: Whether a token's name can be changed; yes by default.
    ///   - canRegenerate: Whether a token can get a new secret; no by default.
    package init(
        clientID: String, format: TokenFormat, shownCharacters: Int, offeredScopes: Scopes = Scopes(),
        standardScopes: Scopes, lives: [Life], maximumActive: Int? = nil, canRename: Bool = true,
        canRegenerate: Bool = false
    ) {
        self.clientID = clientID
        self.format = format
        self.shownCharacters = shownCharacters
        self.offeredScopes = offeredScopes
        self.standardScopes = standardScopes
        self.lives = lives
        self.maximumActive = maximumActive ?? Self.defaultMaximum
        self.canRename = canRename
        self.canRegenerate = canRegenerate
    }

    /// Whether a token of this kind may expire at a time.
    func allows(expiry: Date?, at now: Date) -> Bool {
        guard let expiry else { return lives.contains(.never) }
        let longest = lives.map { life in
            switch life {
            case .days(let days): days
            case .date: Self.furthestDay
            case .never: 0
            }
        }
        let days = longest.max() ?? 0
        return expiry > now && expiry <= now.addingTimeInterval(Double(days) * 86_400)
    }
}

/// What a person wants a new personal token to be.
package struct PersonalTokenWish: Sendable, Hashable {
    /// Its name.
    package let name: String
    /// What it shall allow; not looked at where the kind leaves no choice.
    package let scopes: Scopes
    /// When it shall expire; `nil` for never.
    package let expiresAt: Date?

    /// Makes a wish.
    package init(name: String, scopes: Scopes = Scopes(), expiresAt: Date?) {
        self.name = name
        self.scopes = scopes
        self.expiresAt = expiresAt
    }
}
