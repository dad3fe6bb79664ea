import KeyfobServer

/// A person in an organization, as the API tells one.
struct CldkctlPerson: Encodable {
    let id: String
    let name: String
    let email: String?
    let role: String?
    let organizationID: String?
    let organizationName: String?

    /// Looks up in which organization a person is.
    ///
    /// - Parameters:
    ///   - account: The person.
    ///   - reference: The organization's slug or identifier; `nil` is the first that the person joined.
    ///   - server: Where organizations are.
    /// - Throws: ``ServerError`` with `.notFound` for an organization that the person is not in.
    init(_ account: Account, in reference: String?, _ server: AuthorizationServer) async throws {
        let membership = try await server.membership(of: account, in: reference)
        id = account.id
        name = account.name ?? account.username
        email = account.email
        role = membership?.role.rawValue
        organizationID = membership?.organization.id
        organizationName = membership?.organization.name
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, email, role
        case organizationID = "organization_id"
        case organizationName = "organization_name"
    }
}

extension AuthorizationServer {
    /// A person's membership in the organization that they name, or in their first one.
    ///
    /// - Returns: `nil` where nothing was named and there is none.
    /// - Throws: ``ServerError`` with `.notFound` for one that the person is not in.
    func membership(of account: Account, in reference: String?) async throws -> Membership? {
        let memberships = try await organizations(of: account)
        guard let reference else { return memberships.first }
        // The domain decides what a reference may be and who sees what.
        let organization = try await organization(reference, for: .person(account))
        return memberships.first { $0.organization.id == organization.id }
    }
}
