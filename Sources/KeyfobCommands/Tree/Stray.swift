import KeyfobSignIn

extension ProductCLI {
    /// Answers a word that is no command: with what may have been meant, or by the program of that name.
    ///
    /// - Parameters:
    ///   - stray: The word.
    ///   - route: How far the command line led before it.
    /// - Throws: ``Failure``; a program that was found takes the process's place.
    static func answer(_ stray: CommandTree.Stray, _ route: CommandTree.Route) async throws {
        let path = ([product.name] + route.path).joined(separator: " ")
        if let near = Suggestion.closest(to: stray.word, among: route.choices) {
            throw Failure(
                "usage", "there is no command '\(stray.word)'",
                hint: "did you mean '\(near)'? run '\(path) --help' for the list", exit: .usage)
        }
        // A tool for any service has no commands beyond its own.
        guard case .fixed = product.service else {
            throw Failure(
                "usage", "there is no command '\(stray.word)'", hint: "run '\(path) --help' for the list",
                exit: .usage)
        }
        let options = try Options.parse(stray.options)
        let session = try Session(Self.self, options.wishes)
        let variables = try await programVariables(in: session)
        let program = ExternalProgram(
            name: (path.split(separator: " ").map(String.init) + [stray.word]).joined(separator: "-"),
            arguments: options.passedOn + stray.rest)
        try await program.run(in: session, variables: variables)
    }
}

extension Session {
    /// What programs of the product get in their environment: the token, and what was chosen for it.
    ///
    /// - Returns: Variables and values; those that the product has no name for are left out.
    /// - Throws: ``SignInError`` where nobody is signed in, and what a refresh throws.
    public func programVariables() async throws -> [String: String] {
        let names = product.variables
        let (credential, _) = try await credential()
        var values: [String: String] = [:]
        func set(_ name: String?, _ value: String?) {
            if let name, let value { values[name] = value }
        }
        set(names.token, credential.accessToken.reveal())
        if names.exchangedToken != nil {
            set(names.exchangedToken, try await presentedToken().token.reveal())
        }
        set(names.baseURL, baseURL()?.value)
        set(names.project, project()?.value)
        set(names.organization, organization()?.value)
        set(names.profile, try profile()?.value)
        return values
    }
}
