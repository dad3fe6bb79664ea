import ArgumentParser
import Foundation
import KeyfobServer

extension Membership.Role: ExpressibleByArgument {}

extension OrganizationCommand {
    /// A membership as commands print it.
    struct MemberOutput: Encodable {
        let organization: String
        let username: String
        let accountID: String
        let role: String
        let since: Date

        init(_ membership: Membership) {
            organization = membership.organization.slug
            username = membership.account.username
            accountID = membership.account.id
            role = membership.role.rawValue
            since = membership.since
        }
    }

    /// The command `keyfob-server organization members`.
    struct Members: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people of an organization.")

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let members = try await server.members(of: organization, for: .operator)
                if json { return try OperatorOutput.json(members.map(MemberOutput.init)) }
                OperatorOutput.table(
                    ["USERNAME", "ID", "ROLE", "STATE", "SINCE"],
                    members.map {
                        [
                            $0.account.username, $0.account.id, $0.role.rawValue, $0.account.state.rawValue,
                            OperatorOutput.time($0.since),
                        ]
                    },
                    orElse: "\(organization) has no members yet: keyfob-server organization add-member"
                )
            }
        }
    }

    /// The command `keyfob-server organization add-member`.
    struct AddMember: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a person to an organization, or change the person's role.",
            discussion: "Members see what the organization has; owners and admins also make projects and keys."
        )

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @Argument(help: "The name that the person signs in with.")
        var username: String
        @Option(help: "As what: owner, admin or member.")
        var role = Membership.Role.member
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let membership = try await server.addMember(username, to: organization, role: role)
                if json { return try OperatorOutput.json(MemberOutput(membership)) }
                let slug = membership.organization.slug
                print("\(membership.account.username) is \(role == .member ? "a" : "an") \(role.rawValue) of \(slug).")
            }
        }
    }

    /// The command `keyfob-server organization remove-member`.
    struct RemoveMember: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a person from an organization.",
            discussion: "Keys that the person made belong to the organization and its projects, and go on working."
        )

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @Argument(help: "The name that the person signs in with.")
        var username: String
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                try await server.removeMember(username, from: organization)
                print("Removed \(username) from \(organization).")
            }
        }
    }
}
