import ArgumentParser
import Foundation
import KeyfobServer

/// The command `keyfob-server project`.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project", abstract: "What organizations work on.",
        subcommands: [Add.self, List.self, ProjectKeyCommand.self]
    )

    /// A project as commands print it.
    struct Output: Encodable {
        let id: String
        let organization: String
        let slug: String
        let name: String
        let description: String?
        let createdAt: Date

        init(_ project: Project) {
            id = project.id
            organization = project.organization.slug
            slug = project.slug
            name = project.name
            description = project.description
            createdAt = project.createdAt
        }
    }

    /// The command `keyfob-server project add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a project to an organization.")

        @Argument(help: "The organization's slug or identifier.")
        var organization: String
        @Argument(help: "The name that people read.")
        var name: String
        @Option(help: "The short name in addresses and commands; made from the name by default.")
        var slug: String?
        @Option(help: "What it is for.")
        var description: String?
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let project = try await server.createProject(
                    name: name, slug: slug, description: description, in: organization, by: .operator
                )
                if json { return try OperatorOutput.json(Output(project)) }
                print("Added \(project.organization.slug)/\(project.slug) (\(project.id)).")
            }
        }
    }

    /// The command `keyfob-server project list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the projects.")

        @Option(help: "Only those of the organization with this slug or identifier.")
        var organization: String?
        @Flag(help: "Print JSON.")
        var json = false
        @OptionGroup var data: DataFolder

        func run() async throws {
            try await data.withServer { server in
                let projects = try await server.projects(for: .operator, in: organization)
                if json { return try OperatorOutput.json(projects.map(Output.init)) }
                OperatorOutput.table(
                    ["ORGANIZATION", "SLUG", "ID", "NAME"],
                    projects.map { [$0.organization.slug, $0.slug, $0.id, $0.name] },
                    orElse: "There are no projects yet: keyfob-server project add ORGANIZATION NAME"
                )
            }
        }
    }
}
