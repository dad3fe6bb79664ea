package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A person who is signed in with a browser.
package struct BrowserSession: Sendable, Hashable {
    /// The form of the cookie's secret.
    package static let format = TokenFormat(prefix: "kfb_")

    /// The hash of the cookie's secret; it names the session.
    package let hash: String
    /// Who signed in.
    package let account: Account
    /// When.
    package let signedInAt: Date
}

/// From where a request comes, as far as it can be seen.
package struct Requester: Sendable, Hashable {
    /// The network address.
    package let address: String?
    /// What the program says of itself, its `User-Agent`.
    package let agent: String?
    /// The machine's name, if the program told it.
    package let device: String?

    /// Makes a requester; long text is cut.
    package init(address: String?, agent: String? = nil, device: String? = nil) {
        self.address = address
        self.agent = agent.map { String($0.prefix(200)) }
        self.device = device.map { String($0.prefix(100)) }
    }
}

extension AuthorizationServer {
    /// Signs a person in with name and password.
    ///
    /// - Returns: The cookie's secret; only its hash is kept.
    /// - Throws: ``ServerError`` with `.wrongPassword`, the same for an unknown name, a wrong password and a disabled
    ///   account; `.throttled`; `.overloaded`.
    package func signIn(username: String, password: String, from requester: Requester) async throws -> String {
        let username = username.lowercased()
        // Nobody's name has a NUL in it, and none is looked up: with it, guesses at one password would count as many's.
        guard !username.utf8.contains(0) else { throw Self.wrongPassword }
        let throttles = throttles(
            "password:\(TokenFormat.hash(username))", limit: policy.signInAttempts, from: requester
        )
        let now = now()
        let row = try await database.write { connection in
            try Throttle.take(throttles, window: policy.attemptWindow, at: now, connection)
            return try connection.first("SELECT id, password FROM accounts WHERE username = $1", [.text(username)])
        }
        do {
            if try await isRight(password, row?.text("password")), let row,
                let secret = try await openBrowserSession(account: try row.text("id"), throttles, from: requester)
            {
                return secret
            }
        } catch {
            // Nothing was learned about the password: the attempt does not count.
            try await database.write { try Throttle.giveBack(throttles, $0) }
            throw error
        }
        try await database.write { connection in
            let event = AuditEvent(.signInFailed, account: try row?.text("id"), address: requester.address)
            try connection.record(event, at: now, random)
        }
        throw Self.wrongPassword
    }

    private static let wrongPassword = ServerError(.wrongPassword, "the username or the password is wrong")

    private func isRight(_ password: String, _ phc: String?) async throws -> Bool {
        guard let phc else {
            try await passwords.pretend(password)
            return false
        }
        return try await passwords.verify(password, against: phc)
    }

    /// The live session of a cookie's secret, if there is one.
    package func browserSession(_ secret: String) async throws -> BrowserSession? {
        guard BrowserSession.format.accepts(secret) else { return nil }
        let now = now()
        let hash = TokenFormat.hash(secret)
        return try await database.read { connection in
            let row = try connection.first(
                """
                SELECT a.id, a.username, a.email, a.name, a.state, a.created_at, b.created_at AS signed_in_at
                FROM browser_sessions b JOIN accounts a ON a.id = b.account_id
                WHERE b.hash = $1 AND b.expires_at > $2 AND a.state = 'active'
                """,
                [.text(hash), SQLValue(now)]
            )
            guard let row else { return nil }
            return BrowserSession(hash: hash, account: try Account(row), signedInAt: try row.date("signed_in_at"))
        }
    }

    /// Ends a session; unknown ones are ended already.
    package func signOut(_ session: BrowserSession, from requester: Requester) async throws {
        let now = now()
        try await database.write { connection in
            try connection.execute("DELETE FROM browser_sessions WHERE hash = $1", [.text(session.hash)])
            try connection.record(
                AuditEvent(.signedOut, account: session.account.id, address: requester.address), at: now, random
            )
        }
    }

    /// Opens a session unless the account is disabled; a success gives its attempt back.
    private func openBrowserSession(
        account: String, _ throttles: [Throttle], from requester: Requester
    ) async throws -> String? {
        let secret = BrowserSession.format.make(random)
        let now = now()
        let opened = try await database.write { connection in
            // The state is checked by the statement itself: the account may have been disabled meanwhile.
            let row = try connection.first(
                """
                INSERT INTO browser_sessions (hash, account_id, created_at, expires_at)
                SELECT $1, id, $3, $4 FROM accounts WHERE id = $2 AND state = 'active' RETURNING account_id
                """,
                [
                    .text(TokenFormat.hash(secret)), .text(account), SQLValue(now),
                    SQLValue(now, plus: policy.browserSessionLife),
                ]
            )
            guard row != nil else { return false }
            try Throttle.giveBack(throttles, connection)
            try connection.record(
                AuditEvent(.signedIn, account: account, address: requester.address), at: now, random
            )
            return true
        }
        return opened ? secret : nil
    }
}

extension AuthorizationServer {
    /// The two limits on a guess: what is guessed from this network, and the network as a whole.
    func throttles(_ subject: String, limit: Int, from requester: Requester) -> [Throttle] {
        let network = Network.name(of: requester.address ?? "")
        let own = Throttle(bucket: "\(subject)@\(network)", limit: limit)
        // Behind a TLS proxy everyone has the proxy's address: one stranger must not use up everyone's attempts.
        if issuer.hasPrefix("https://"), Network.isLoopback(network) { return [own] }
        return [own, Throttle(bucket: "network@\(network)", limit: policy.networkAttempts)]
    }

    /// The limit on what anybody can begin without being known: a flood from one network leaves room for the others.
    ///
    /// This machine has none, since a proxy that the operator did not list looks just like it.
    func startThrottles(from requester: Requester) -> [Throttle] {
        guard let address = requester.address else { return [] }
        let network = Network.name(of: address)
        guard !Network.isLoopback(network) else { return [] }
        return [Throttle(bucket: "start@\(network)", limit: policy.startedRequests)]
    }
}
