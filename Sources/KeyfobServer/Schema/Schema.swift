package import KeyfobSQL

/// The tables of the domain.
///
/// Times are milliseconds since 1970; secrets are SHA-256 hashes in base64url.
package enum Schema {
    /// Every step of the schema's history, oldest first.
    package static let migrations: [Migration] = [
        Migration(id: "0001-people-and-clients", statements: peopleAndClients),
        Migration(id: "0002-grants", statements: grants),
        Migration(id: "0003-safety", statements: safety),
        Migration(id: "0004-personal-tokens", statements: personalTokens),
        Migration(id: "0005-organizations", statements: organizations),
        Migration(id: "0006-browser-requests", statements: browserRequests),
    ]

    private static let peopleAndClients: [StaticString] = [
        """
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT, name TEXT, password TEXT NOT NULL,
            state TEXT NOT NULL, created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE clients (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, secret_hash TEXT, state TEXT NOT NULL, settings TEXT NOT NULL,
            created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE browser_sessions (
            hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts (id), created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX browser_sessions_expiry ON browser_sessions (expires_at)",
        """
        CREATE TABLE signing_keys (
            id TEXT PRIMARY KEY, sealed TEXT NOT NULL, phase TEXT NOT NULL, created_at BIGINT NOT NULL)
        """,
    ]

    private static let grants: [StaticString] = [
        """
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts (id),
            client_id TEXT NOT NULL REFERENCES clients (id), scope TEXT NOT NULL, state TEXT NOT NULL,
            signed_in_at BIGINT NOT NULL, created_at BIGINT NOT NULL, ended_at BIGINT, ended_because TEXT,
            address TEXT, agent TEXT, device TEXT,
            family TEXT UNIQUE, generation BIGINT NOT NULL, refresh_hash TEXT, previous_hash TEXT,
            refresh_expires_at BIGINT)
        """,
        "CREATE INDEX sessions_account ON sessions (account_id)",
        "CREATE INDEX sessions_end ON sessions (ended_at)",
        "CREATE INDEX sessions_expiry ON sessions (refresh_expires_at)",
        """
        CREATE TABLE access_tokens (
            hash TEXT PRIMARY KEY, id TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES sessions (id),
            scope TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT)
        """,
        "CREATE INDEX access_tokens_session ON access_tokens (session_id)",
        "CREATE INDEX access_tokens_expiry ON access_tokens (expires_at)",
        """
        CREATE TABLE device_authorizations (
            hash TEXT PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, client_id TEXT NOT NULL REFERENCES clients (id),
            scope TEXT NOT NULL, state TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
            poll_interval BIGINT NOT NULL, polled_at BIGINT, address TEXT, agent TEXT, device TEXT,
            browser_session TEXT, account_id TEXT, signed_in_at BIGINT, decided_at BIGINT, session_id TEXT)
        """,
        "CREATE INDEX device_authorizations_expiry ON device_authorizations (expires_at)",
        """
        CREATE TABLE authorization_codes (
            hash TEXT PRIMARY KEY, client_id TEXT NOT NULL REFERENCES clients (id), account_id TEXT NOT NULL,
            redirect_uri TEXT NOT NULL, scope TEXT NOT NULL, challenge TEXT NOT NULL, nonce TEXT,
            signed_in_at BIGINT NOT NULL, address TEXT, agent TEXT, created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL, state TEXT NOT NULL, redeemed_at BIGINT, session_id TEXT)
        """,
        "CREATE INDEX authorization_codes_expiry ON authorization_codes (expires_at)",
    ]

    private static let safety: [StaticString] = [
        "CREATE TABLE revoked_tokens (id TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)",
        "CREATE INDEX revoked_tokens_expiry ON revoked_tokens (expires_at)",
        """
        CREATE TABLE replies (
            presented_hash TEXT PRIMARY KEY, key_hash TEXT NOT NULL, sealed TEXT NOT NULL, session_id TEXT NOT NULL,
            expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX replies_expiry ON replies (expires_at)",
        "CREATE INDEX replies_session ON replies (session_id)",
        "CREATE TABLE throttles (bucket TEXT PRIMARY KEY, attempts BIGINT NOT NULL, resets_at BIGINT NOT NULL)",
        "CREATE INDEX throttles_reset ON throttles (resets_at)",
        """
        CREATE TABLE audit_events (
            id TEXT PRIMARY KEY, at BIGINT NOT NULL, kind TEXT NOT NULL, account_id TEXT, client_id TEXT,
            session_id TEXT, address TEXT, detail TEXT)
        """,
        "CREATE INDEX audit_events_time ON audit_events (at)",
    ]
}
