import KeyfobProtocol

/// A refresh token: the family that it belongs to, then its own secret.
///
/// The family is readable, so that a generation from long ago is still recognised as a replay although only the
/// newest two generations are kept.
struct RefreshToken {
    static let format = TokenFormat(prefix: "kfr_", length: familyLength + 43)
    private static let familyLength = 22

    let family: String

    /// Reads a token's family; `nil` for text that has not the form.
    init?(_ text: String) {
        guard Self.format.accepts(text) else { return nil }
        family = String(text.dropFirst(Self.format.prefix.count).prefix(Self.familyLength))
    }

    /// Makes the first token of a new family.
    static func first(_ random: RandomBytes) -> String {
        format.make(random)
    }

    /// Makes the next token of a family.
    static func next(in family: String, _ random: RandomBytes) -> String {
        format.make(keeping: family, random)
    }
}
