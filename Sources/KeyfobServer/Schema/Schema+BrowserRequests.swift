import KeyfobSQL

extension Schema {
    /// Requests to sign in by a link; the link's id and the poll's secret are there as hashes only.
    static let browserRequests: [StaticString] = [
        """
        CREATE TABLE browser_requests (
            hash TEXT PRIMARY KEY, secret_hash TEXT, challenge TEXT, code TEXT,
            client_id TEXT NOT NULL REFERENCES clients (id), scope TEXT NOT NULL, state TEXT NOT NULL,
            created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, address TEXT, agent TEXT, device TEXT,
            browser_session TEXT, account_id TEXT, signed_in_at BIGINT, decided_at BIGINT, session_id TEXT)
        """,
        "CREATE INDEX browser_requests_expiry ON browser_requests (expires_at)",
    ]
}
