import KeyfobCommands

/// `pipecat cloud auth whoami`: user, organization and Daily key, as the service says them.
struct PipecatWhoami: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Show user ID, active organization and Daily API key.",
        discussion: """
            Asks the service, and exits with 0 if it accepts the token, 4 if not or where there is none, and 6 if it \
            can't be reached. An organization without a Daily API key shows N/A.
            """)

    @OptionGroup var options: PipecatOptions

    private struct Reply: Decodable, Sendable {
        struct User: Decodable, Sendable {
            struct Email: Decodable, Sendable {
                let emailAddress: String
            }

            let userId: String
            let emails: [Email]?
        }

        let user: User
    }

    private struct Daily: Decodable, Sendable {
        let apiKey: String?
    }

    func run() async throws {
        let session = try Session(Pipecat.self, options.wishes)
        let reply: Reply = try await session.get(ResourcePath(verbatim: PipecatPaths.user))
        let organization = try await PipecatOrganization.active(in: session)
        let key = try await dailyKey(of: organization, session)
        guard !options.wishes.json else {
            return try session.answer(Self.report(reply.user, organization, key))
        }
        session.screen.rows(
            [
                ("User ID", reply.user.userId), ("Active Organization", organization.shown),
                ("Daily API Key", key ?? "N/A"),
            ], indent: 0)
    }

    // The command is of use without the key, which not every organization has and not every token may read.
    private func dailyKey(of organization: PipecatOrganization, _ session: Session) async throws -> String? {
        do {
            let daily: Daily = try await session.get(PipecatPaths.dailyKey(of: organization.name))
            return daily.apiKey
        } catch let error as ClientError where error.code != .unauthorized {
            if error.code != .notFound { session.screen.warn("the Daily API key could not be had: \(error.message)") }
            return nil
        }
    }

    // In the shape of the vendor's client.
    private static func report(
        _ user: Reply.User, _ organization: PipecatOrganization, _ key: String?
    ) -> JSONReport {
        var inner = JSONReport()
        inner.add("userId", user.userId)
        inner.add(
            "emails",
            (user.emails ?? []).map { email in
                var report = JSONReport()
                report.add("emailAddress", email.emailAddress)
                return report
            })
        var active = JSONReport()
        active.add("name", organization.name)
        active.add("verbose_name", organization.verboseName)
        var report = JSONReport()
        report.add("user", inner)
        report.add("organization", active)
        if let key {
            var daily = JSONReport()
            daily.add("apiKey", key)
            report.add("dailyApiKey", daily)
        } else {
            report.add("dailyApiKey", nil as String?)
        }
        return report
    }
}
