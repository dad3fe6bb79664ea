extension Schema {
    /// Tokens that people make themselves, and their secrets until they were shown.
    static let personalTokens: [StaticString] = [
        """
        CREATE TABLE personal_tokens (
            id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id),
            client_id TEXT NOT NULL REFERENCES clients (id), name TEXT NOT NULL, start TEXT NOT NULL,
            scope TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, last_used_at BIGINT,
            revoked_at BIGINT)
        """,
        "CREATE INDEX personal_tokens_account ON personal_tokens (account_id, client_id)",
        "CREATE INDEX personal_tokens_expiry ON personal_tokens (expires_at)",
        "CREATE INDEX personal_tokens_end ON personal_tokens (revoked_at)",
        "ALTER TABLE sessions ADD COLUMN personal_token_id TEXT",
        // A personal token has one live session at most.
        """
        CREATE UNIQUE INDEX sessions_personal_token ON sessions (personal_token_id)
            WHERE personal_token_id IS NOT NULL AND state = 'active'
        """,
        """
        CREATE TABLE unseen_secrets (
            token_id TEXT PRIMARY KEY, sealed TEXT NOT NULL, expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX unseen_secrets_expiry ON unseen_secrets (expires_at)",
    ]
}
