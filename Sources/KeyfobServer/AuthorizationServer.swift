package import FoundationEssentials
package import KeyfobProtocol
package import KeyfobSQL

/// The domain as one value: where state lives, what time it is, and the rules' numbers.
///
/// Use cases are its methods, each beside the noun that it is about. Nothing of a request is kept in here, so any
/// number of processes can work on one database.
package struct AuthorizationServer: Sendable {
    /// The issuer, exactly as tokens and metadata name it; no slash at its end.
    package private(set) var issuer: String
    /// Every issuer that a token of this server can name: its own, and those of its other hosts.
    package private(set) var issuers: Set<String>
    /// Where state lives.
    package let database: any SQLDatabase
    /// The rules' numbers.
    package let policy: Policy
    /// Forms of opaque access tokens that can exist here; a token of no such form is refused without a look-up.
    package let opaqueTokenFormats: [TokenFormat]
    /// The present time.
    package let now: @Sendable () -> Date
    /// The source of every secret.
    package let random: RandomBytes

    let passwords: PasswordHasher
    let signingKeys: SigningKeyRing
    /// Opens what the database holds sealed.
    let rootKey: RootKey

    /// Opens the domain over a migrated database; makes the first signing key if there is none.
    ///
    /// - Parameters:
    ///   - issuer: The issuer's URL.
    ///   - database: A database to which ``Schema/migrations`` were applied.
    ///   - rootKey: Opens the signing keys and the organizations' secrets that the database holds.
    ///   - policy: The rules' numbers.
    ///   - opaqueTokenFormats: Forms of opaque access tokens, of all dialects in use.
    ///   - now: The clock.
    ///   - random: A cryptographic source.
    /// - Throws: ``ServerError`` with `.brokenState` if the root key does not open the signing keys; `SQLError`.
    package init(
        issuer: String, database: any SQLDatabase, rootKey: RootKey, policy: Policy = Policy(),
        opaqueTokenFormats: [TokenFormat] = [AccessTokenPolicy.standardOpaqueFormat],
        now: @escaping @Sendable () -> Date, random: RandomBytes
    ) async throws {
        self.issuer = issuer
        self.issuers = [issuer]
        self.database = database
        self.policy = policy
        self.opaqueTokenFormats = opaqueTokenFormats
        self.now = now
        self.random = random
        self.rootKey = rootKey
        self.passwords = PasswordHasher(random: random, workers: policy.passwordWorkers, waiting: policy.passwordQueue)
        self.signingKeys = try await SigningKeyRing.open(database, rootKey: rootKey, at: now())
    }

    /// The same server under another of its names.
    ///
    /// - Parameters:
    ///   - issuer: What tokens name that are issued from here on.
    ///   - issuers: Every name; tokens that carry one of them are taken as the server's own.
    /// - Returns: The server, over the same database.
    package func at(_ issuer: String, among issuers: Set<String>) -> AuthorizationServer {
        var server = self
        server.issuer = issuer
        server.issuers = issuers.union([issuer])
        return server
    }

    /// Asks the database for anything at all.
    ///
    /// - Throws: `SQLError` if it does not answer.
    package func checkDatabase() async throws {
        try await database.read { _ = try $0.execute("SELECT 1 AS one") }
    }
}
