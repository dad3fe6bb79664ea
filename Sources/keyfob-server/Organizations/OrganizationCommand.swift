import ArgumentParser
import Foundation
import KeyfobServer

/// The command `keyfob-server organization`.
struct OrganizationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organization", abstract: "Groups of people that own projects and keys.",
        subcommands: [
            Add.self, List.self, Members.self, AddMember.self, RemoveMember.self, SetSecret.self, SetAttribute.self,
        ]
    )

    /// An organization as commands print it.
    struct Output: Encodable {
        let id: String
        let slug: String
        let name: String
        let createdAt: Date
        let attributes: [String: String]

        init(_ organization: Organization, attributes: [String: String] = [:]) {
            id = organization.id
            slug = organization.slug
            name = organization.name
            createdAt = organization.createdAt
            self.attributes = attributes
        }
    }

    /// The command `keyfob-server organization add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add an organization.")

        @Argument(help: "The name that people read.")
        var name: String
        @Option(help: "The short name in addresses and commands; made from the name by default.")
        var slug: String?
        @Option(help: "The name that its first owner signs in with.")
        var owner: String?
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let organization = try await server.addOrganization(slug: slug, name: name, owner: owner)
                if json { return try OperatorOutput.json(Output(organization)) }
                print("Added \(organization.slug) (\(organization.id)).")
            }
        }
    }

    /// The command `keyfob-server organization list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the organizations.")

        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                var organizations: [Output] = []
                for one in try await server.organizations() {
                    let attributes = try await server.organizationAttributes(of: one.id, for: .operator)
                    organizations.append(Output(one, attributes: attributes))
                }
                if json { return try OperatorOutput.json(organizations) }
                OperatorOutput.table(
                    ["SLUG", "ID", "NAME", "ATTRIBUTES"],
                    organizations.map { [$0.slug, $0.id, $0.name, $0.attributes.line] },
                    orElse: "There are no organizations yet: keyfob-server organization add NAME"
                )
            }
        }
    }
}
