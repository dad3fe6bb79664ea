import KeyfobClient
import KeyfobCredentials
import KeyfobSignIn

extension Session {
    /// Shows whose token is used, as the service knows them: the body of a product's `whoami`.
    ///
    /// - Parameters:
    ///   - verb: The command's name, for what the wording says at its beginning; `whoami` by default.
    ///   - members: More members of the answer with `--json`; none by default.
    /// - Throws: ``SignInError`` where nobody is signed in, ``ClientError`` where the service refuses the token or can't
    ///   be reached.
    public func whoami(verb: String = "whoami", adding members: [(name: String, value: JSONReport)] = []) async throws {
        if !wishes.json { screen.open(verb) }
        let (credential, source) = try await credential()
        var values = values(of: credential).merging(["source": name(of: source)]) { $1 }
        if !wishes.json { screen.show(screen.wording.identity, values) }
        let standing = try await standing(of: credential, source)
        guard case .accepted(let details) = standing else {
            // The service can't be asked: what is known here is all there is.
            return try tell(values, Member(credential, source, isVerified: false, details: [:]), adding: members)
        }
        let more = Self.details(details).merging(try await cli.identity(in: self)) { $1 }
        values = self.values(of: credential, details).merging(values) { new, _ in new }.merging(more) { $1 }
        try tell(values, Member(credential, source, isVerified: true, details: more), adding: members)
    }

    /// Shows whether someone is signed in, here and as the service sees it: the body of a product's `status`.
    ///
    /// - Parameter verb: The command's name, for what the wording says at its beginning; `status` by default.
    /// - Throws: As ``whoami(verb:)``; what is known here is shown first where the service can't be reached.
    public func status(verb: String = "status") async throws {
        try await facts(screen.wording.status, verb)
    }

    /// Shows what is known of the token in use: the body of a product's `token-info`.
    ///
    /// - Parameter verb: The command's name, for what the wording says at its beginning; `token-info` by default.
    /// - Throws: As ``status(verb:)``.
    public func tokenInfo(verb: String = "token-info") async throws {
        try await facts(screen.wording.tokenInfo, verb)
    }

    private func facts(_ lines: [Wording.Line], _ verb: String) async throws {
        if !wishes.json { screen.open(verb) }
        let (credential, source) = try await credential()
        var values = values(of: credential).merging(["source": name(of: source)]) { $1 }
        do {
            if case .accepted(let details) = try await standing(of: credential, source) {
                values = self.values(of: credential, details).merging(values) { new, _ in new }
            }
        } catch let error as ClientError where error.isTransient {
            try show(lines, values)
            throw error
        }
        try show(lines, values)
    }

    private func show(_ lines: [Wording.Line], _ values: [String: String]) throws {
        guard wishes.json else { return screen.show(lines, values) }
        var report = JSONReport()
        report.add("signed_in", true)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { report.add(name, value) }
        try answer(report)
    }

    /// What the service says of a credential; a refusal is an error.
    func standing(of credential: Credential, _ source: CredentialChain.Source) async throws -> TokenStanding {
        let token = exchanges ? try await presentedToken().token : credential.accessToken
        let service = try await service(key())
        let client = client(service, for: credential)
        var standing = try await service.standing(of: token, as: client, over: context.transport)
        if standing == .refused, let successor = try await exchangedToken(replacing: token, of: source) {
            standing = try await service.standing(of: successor, as: client, over: context.transport)
        }
        guard standing != .refused else {
            throw ClientError(.unauthorized, "the server does not accept the token")
        }
        return standing
    }

    private struct Member {
        let credential: Credential
        let source: CredentialChain.Source
        let isVerified: Bool
        let details: [String: String]

        init(
            _ credential: Credential, _ source: CredentialChain.Source, isVerified: Bool, details: [String: String]
        ) {
            self.credential = credential
            self.source = source
            self.isVerified = isVerified
            self.details = details
        }
    }

    private static func details(_ details: TokenDetails?) -> [String: String] {
        guard let details else { return [:] }
        var values = details.fields
        values["account"] = details.account
        values["subject"] = details.subject
        values["name"] = details.name
        values["username"] = details.username
        values["email"] = details.email
        return values
    }

    private func tell(
        _ values: [String: String], _ member: Member, adding members: [(name: String, value: JSONReport)]
    ) throws {
        guard wishes.json else {
            screen.show(screen.wording.details, values)
            if member.isVerified, let line = screen.wording.verified { screen.show(line, values) }
            return
        }
        var token = JSONReport()
        token.add("prefix", values["token"])
        token.add("source", Explanation.word(member.source))
        token.add("verified", member.isVerified)
        var report = JSONReport()
        report.add("token", token)
        for (name, value) in member.details.sorted(by: { $0.key < $1.key }) { report.add(name, value) }
        for member in members { report.add(member.name, member.value) }
        try answer(report)
    }
}
