import FoundationEssentials
import KeyfobClient
import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import KeyfobTerminal

/// A product's credentials and service, as one command finds them.
struct Session {
    let product: Product
    let layout: CredentialLayout
    let context: CommandContext
    let screen: Screen
    let file: JSONCredentialFile

    /// Finds the credential file.
    ///
    /// - Throws: ``Failure`` without a home folder.
    init<CLI: ProductCLI>(_ cli: CLI.Type, json: Bool) throws(Failure) {
        let context = try CommandContext.required()
        let product = CLI.product
        guard let place = product.place.resolve(context.environment) else {
            let variable = product.place.folderVariable.map { " or \($0)" } ?? ""
            throw Failure(
                "no_home", "there is no place for credentials: HOME is not set",
                hint: "set HOME\(variable) to the absolute path of a folder", exit: .failed)
        }
        let screen = Screen(
            terminal: context.terminal, wording: product.wording, stream: json ? .error : .output)
        self.product = product
        self.layout = CLI.layout
        self.context = context
        self.screen = screen
        file = JSONCredentialFile(path: place.path, layout: CLI.layout, ownsFolder: place.ownsFolder) { text in
            screen.warn(text)
        }
    }

    /// The file's path as screens show it.
    var shownPath: String { CredentialPlace.abbreviated(file.path, environment: context.environment) }

    /// The key of the credential that a command is about.
    ///
    /// That is the issuer that was named, else the current one, else the only one.
    ///
    /// - Parameter issuer: What the person named.
    /// - Returns: The key; `nil` if nobody is signed in anywhere.
    /// - Throws: ``ClientError`` for an issuer that is not one, ``CredentialStoreError``, or ``Failure`` where there are
    ///   several to choose from.
    func key(_ issuer: String?) throws -> String? {
        if case .one(let name, _) = layout.container { return name }
        if let issuer { return try storedKey(typed: issuer) }
        if let current = try file.current { return current }
        let keys = try file.list()
        guard keys.count > 1 else { return keys.first }
        throw Failure(
            "ambiguous", "you are signed in to \(keys.count) issuers, and none is the current one",
            hint: "name one with --issuer: \(keys.joined(separator: ", "))", exit: .usage)
    }

    // People leave out the scheme and the final slash, which the issuer's own name may have.
    private func storedKey(typed: String) throws -> String {
        let issuer = try Issuer(typed: typed).text
        let keys = (try? file.list()) ?? []
        if keys.contains(issuer) { return issuer }
        return keys.first { $0 == issuer + "/" || $0 + "/" == issuer } ?? issuer
    }

    /// The service behind a key.
    func service(_ key: String) async throws(ClientError) -> ResolvedService {
        switch product.service {
        case .fixed(let facts):
            let variable = product.variables.baseURL.flatMap { context.environment[$0] } ?? ""
            return try facts.resolve(at: variable.isEmpty ? nil : variable)
        case .discovery:
            return ResolvedService(metadata: try await context.transport.metadata(of: Issuer(key)))
        }
    }

    /// Who this program is for a service, with the client that a credential was issued to.
    func client(_ service: ResolvedService, for credential: Credential?) -> ClientIdentity {
        service.client(
            id: credential?.clientID ?? product.clientID, secret: product.environmentSecret(context.environment))
    }

    /// Which credential applies.
    func chain(_ key: String?) -> CredentialChain {
        CredentialChain(product: product, environment: context.environment, store: file, key: key)
    }

    /// The way to a valid token of a stored credential.
    func validToken(_ key: String) throws(CredentialStoreError) -> ValidToken {
        let guards = ValidToken.Guards(
            lockPath: try file.refreshLockPath(for: key), journalPath: try file.refreshJournalPath(for: key))
        let session = self
        return ValidToken(
            store: file, key: key, guards: guards, now: context.now, random: context.random,
            warn: { session.screen.warn($0) },
            refresh: { credential, idempotencyKey throws(ClientError) in
                try await session.refresh(credential, key, idempotencyKey)
            })
    }

    /// A credential that is good now: the environment's, or the stored one, refreshed if need be.
    func credential(_ key: String?) async throws -> (credential: Credential, source: CredentialChain.Source) {
        guard let found = try chain(key).winner() else {
            guard case .discovery = product.service, let key else {
                throw SignInError(.notSignedIn, "you are not signed in")
            }
            throw SignInError(.notSignedIn, "you are not signed in to \(key)")
        }
        guard case .stored(_, let key) = found.source else { return found }
        return (try await validToken(key).credential(clock: context.clock), found.source)
    }

    /// Answers with an object on standard output.
    func answer(_ report: JSONReport) throws(Failure) {
        try write(report.text)
    }

    /// Answers with a line on standard output.
    func answer(_ line: String) throws(Failure) {
        try write(line + "\n")
    }

    /// An answer that reached nobody is no success: a script would go on with an empty token.
    private func write(_ text: String) throws(Failure) {
        guard context.terminal.write(text) else {
            throw Failure(
                "output", "the answer could not be written to standard output",
                hint: "whoever reads it has ended, or the disk is full", exit: .failed)
        }
    }

    /// Asks a person at a terminal, who has to say yes; without a terminal the answer is yes.
    func confirms(_ question: String) async throws -> Bool {
        guard context.terminal.inputIsTerminal else { return true }
        return try await context.terminal.confirm(question, default: false, on: screen.stream)
    }

    /// Reads a line that is not shown; `nil` at the end of the input.
    func hiddenLine(_ prompt: String) async throws -> String? {
        try await context.terminal.hiddenLine(prompt: prompt)
    }

    /// Says that a variable wins over what a command does.
    func warnOfEnvironmentToken(_ consequence: String) {
        guard let variable = product.variables.token, product.environmentToken(context.environment) != nil
        else { return }
        screen.warn("\(variable) is set and \(consequence)")
    }

    private func refresh(
        _ credential: Credential, _ key: String, _ idempotencyKey: String
    ) async throws(ClientError) -> TokenReply {
        let service = try await service(key)
        let endpoint = try Endpoint.address(service.metadata.tokenEndpoint, for: "tokens")
        let request = TokenRequest(endpoint: endpoint, client: client(service, for: credential))
        let token = credential.refreshToken?.reveal() ?? ""
        return try await context.transport.perform(request.refresh(token, idempotencyKey: idempotencyKey))
    }
}
