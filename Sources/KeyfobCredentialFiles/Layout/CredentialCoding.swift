import KeyfobCredentials

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CredentialLayout {
    /// What the member of the store says of tokens that are not in the file.
    static let keyring = "keyring"

    /// Whether an entry says that its tokens are elsewhere.
    func isApart(_ entry: DocumentTable, at place: EntryPlace) -> Bool {
        text(\.store, in: entry, at: place) == Self.keyring
    }

    /// Reads the tokens of an entry; nil when there is no access token in it.
    func tokens(in entry: DocumentTable, at place: EntryPlace) throws(MalformedMember) -> CredentialTokens? {
        guard let accessToken = try secret({ $0.accessToken }, in: entry, at: place) else { return nil }
        return CredentialTokens(
            accessToken: accessToken,
            refreshToken: try secret(\.refreshToken, in: entry, at: place),
            idToken: try secret(\.idToken, in: entry, at: place),
            exchanged: exchanged(in: entry, at: place)
        )
    }

    /// Reads what describes the tokens of an entry.
    func credential(
        of tokens: CredentialTokens, in entry: DocumentTable, at place: EntryPlace
    ) throws(MalformedMember) -> Credential {
        // A token or an expiry that makes no sense is an error; what only describes the credential is then unknown.
        let expiresAt = try expiry(in: entry, at: place)
        return Credential(
            accessToken: tokens.accessToken,
            tokenType: text(\.tokenType, in: entry, at: place) ?? "Bearer",
            refreshToken: tokens.refreshToken,
            idToken: tokens.idToken,
            expiresAt: tokens.expiresAt ?? expiresAt,
            scopes: scopes(in: entry, at: place),
            clientID: text(\.clientID, in: entry, at: place),
            account: text(\.account, in: entry, at: place),
            origin: text(\.origin, in: entry, at: place).flatMap(Credential.Origin.init(rawValue:))
                ?? origin(of: tokens.accessToken),
            createdAt: described(\.createdAt, in: entry, at: place).flatMap(timeForm.time),
            exchanged: tokens.exchanged
        )
    }

    /// Puts a credential into its entry, replacing each member of the layout and keeping all others.
    func put(
        _ credential: Credential, apart: Bool, into entry: inout DocumentTable, at place: EntryPlace
    ) throws(MalformedMember) {
        let tokens = apart ? nil : CredentialTokens(credential)
        func set(_ member: (Names) -> MemberPath?, _ value: DocumentValue?) throws(MalformedMember) {
            try place.set(member, to: value, in: &entry)
        }
        func set(_ member: (Names) -> MemberPath?, _ text: String?) throws(MalformedMember) {
            try set(member, text.map { .string($0) })
        }
        try set({ $0.accessToken }, tokens?.accessToken.reveal())
        try set(\.tokenType, credential.tokenType == "Bearer" ? nil : credential.tokenType)
        try set(\.refreshToken, tokens?.refreshToken?.reveal())
        try set(\.idToken, tokens?.idToken?.reveal())
        try set(\.expiresAt, credential.expiresAt.flatMap(timeForm.value))
        try set(\.scope, scopeValue(credential.scopes))
        try set(\.clientID, credential.clientID)
        try set(\.account, credential.account)
        try set(\.origin, credential.origin.rawValue)
        try set(\.createdAt, credential.createdAt.flatMap(timeForm.value))
        try set(\.exchangedToken, tokens?.exchanged?.token.reveal())
        try set(\.exchangedExpiresAt, tokens?.exchanged?.expiresAt.flatMap(timeForm.value))
        try set(\.store, apart ? Self.keyring : nil)
    }

    private func origin(of token: Secret) -> Credential.Origin {
        guard let pastedPrefix else { return .pasted }
        return token.reveal().hasPrefix(pastedPrefix) ? .pasted : .login
    }

    // A part that only describes: what stands in its way makes it unknown.
    private func described(
        _ member: (Names) -> MemberPath?, in entry: DocumentTable, at place: EntryPlace
    ) -> DocumentValue? {
        (try? place.value(member, in: entry))?.value
    }

    private func text(_ member: (Names) -> MemberPath?, in entry: DocumentTable, at place: EntryPlace) -> String? {
        described(member, in: entry, at: place)?.text
    }

    private func secret(
        _ member: (Names) -> MemberPath?, in entry: DocumentTable, at place: EntryPlace
    ) throws(MalformedMember) -> Secret? {
        guard let (path, value) = try place.value(member, in: entry) else { return nil }
        guard let text = value.text else { throw MalformedMember(name: path.shown, expected: "a string") }
        // Programs write an empty string for a token that they took away.
        return text.isEmpty ? nil : Secret(text)
    }

    private func expiry(in entry: DocumentTable, at place: EntryPlace) throws(MalformedMember) -> Date? {
        guard let (path, value) = try place.value(\.expiresAt, in: entry) else { return nil }
        if value.text?.isEmpty == true { return nil }
        // Programs write a zero for the end of a token that has none.
        if timeForm != .timestamp, value.double == 0 { return nil }
        guard let time = timeForm.time(value) else {
            throw MalformedMember(name: path.shown, expected: timeForm == .timestamp ? "a time" : "a number")
        }
        return time
    }

    // What was exchanged can be had again, so that whatever makes no sense is as if it were not there.
    private func exchanged(in entry: DocumentTable, at place: EntryPlace) -> Credential.Exchanged? {
        guard let token = text(\.exchangedToken, in: entry, at: place), !token.isEmpty else { return nil }
        guard let value = described(\.exchangedExpiresAt, in: entry, at: place) else {
            return Credential.Exchanged(token: Secret(token))
        }
        return timeForm.time(value).map { Credential.Exchanged(token: Secret(token), expiresAt: $0) }
    }

    private func scopes(in entry: DocumentTable, at place: EntryPlace) -> [String] {
        guard let value = described(\.scope, in: entry, at: place) else { return [] }
        // Both forms are understood, whichever one the file is written in.
        return value.elements?.compactMap(\.text) ?? value.text?.split(separator: " ").map(String.init) ?? []
    }

    private func scopeValue(_ scopes: [String]) -> DocumentValue? {
        guard !scopes.isEmpty else { return nil }
        return switch scopeForm {
        case .spaceSeparated: .string(scopes.joined(separator: " "))
        case .list: .list(scopes.map { .string($0) })
        }
    }
}
