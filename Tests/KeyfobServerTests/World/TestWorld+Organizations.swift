import KeyfobProtocol
import KeyfobServer
import KeyfobTestSupport

/// Organizations and people in them.
extension TestWorld {
    /// A form of project keys without a checksum, as a product might prescribe it.
    static let keyKind = ProjectKeyKind(
        format: TokenFormat(prefix: "pk_proj_", alphabet: .hexadecimal, length: 40, hasChecksum: false),
        scopes: Scopes(["deploy", "settings"]), defaultScopes: Scopes(["deploy"]), shownCharacters: 12
    )
    static let publishable = TokenFormat(prefix: "pk_", length: 32, hasChecksum: false)

    /// Ada's organization, or another one.
    @discardableResult
    func organization(_ slug: String = "acme", owner: String? = "ada") async throws -> Organization {
        try await server.addOrganization(slug: slug, name: slug.uppercased(), owner: owner)
    }

    /// Another person, in an organization if one is named.
    func someone(
        _ username: String, in organization: String? = nil, as role: Membership.Role = .member
    ) async throws -> Principal {
        let account = try await server.addAccount(username: username, password: Self.password)
        if let organization { _ = try await server.addMember(username, to: organization, role: role) }
        return .person(account)
    }

    var ada: Principal { .person(person) }

    /// What the operator wrote down since some number of events.
    func events(after count: Int) async throws -> [String] {
        Array(try await events().dropFirst(count))
    }
}
