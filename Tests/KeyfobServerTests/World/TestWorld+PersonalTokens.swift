import FoundationEssentials
import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport

/// A personal token and its secret, as it was made.
typealias MadeToken = (token: PersonalToken, secret: String)

extension TestWorld {
    static let personalFormat = TokenFormat(prefix: "pt_", alphabet: .hexadecimal, length: 32, hasChecksum: false)

    /// Tokens of the client `tool`, with everything that can be allowed.
    static func kind(
        client: String = "tool", lives: [PersonalTokenKind.Life] = [.days(30), .date, .never], maximumActive: Int? = nil
    ) -> PersonalTokenKind {
        PersonalTokenKind(
            clientID: client, format: personalFormat, shownCharacters: 7,
            offeredScopes: Scopes(["openid", "profile"]), standardScopes: Scopes(["openid"]), lives: lives,
            maximumActive: maximumActive, canRegenerate: true
        )
    }

    /// Makes a token that lives some seconds, or for ever.
    func makeToken(
        _ kind: PersonalTokenKind = kind(), name: String = "laptop", scopes: [String] = ["openid"], life: Double? = nil,
        account: Account? = nil
    ) async throws -> MadeToken {
        let wish = PersonalTokenWish(
            name: name, scopes: Scopes(scopes), expiresAt: life.map { clock.now.addingTimeInterval($0) }
        )
        return try await server.createPersonalToken(
            wish, kind: kind, account: account ?? person, from: Self.home
        )
    }

    /// What a token of this world's person is now.
    func current(_ token: PersonalToken) async throws -> PersonalToken {
        try await server.personalToken(token.id, client: token.clientID, of: person)
    }

    func exchange(_ secret: String, _ client: Client? = nil, life: Int = 3_600) async throws -> TokenReply {
        try await server.exchangePersonalToken(secret, client: client ?? tool, life: life, from: Self.home)
    }

    func anotherPerson() async throws -> Account {
        try await server.addAccount(username: "eve", password: "eve's own password")
    }
}
