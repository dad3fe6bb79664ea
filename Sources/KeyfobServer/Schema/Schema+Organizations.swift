import KeyfobSQL

/// Organizations, their projects, and the keys of both.
extension Schema {
    static let organizations: [StaticString] = [
        """
        CREATE TABLE organizations (
            id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE memberships (
            organization_id TEXT NOT NULL REFERENCES organizations (id),
            account_id TEXT NOT NULL REFERENCES accounts (id), role TEXT NOT NULL, created_at BIGINT NOT NULL,
            PRIMARY KEY (organization_id, account_id))
        """,
        "CREATE INDEX memberships_account ON memberships (account_id)",
        """
        CREATE TABLE organization_secrets (
            organization_id TEXT NOT NULL REFERENCES organizations (id), name TEXT NOT NULL, sealed TEXT NOT NULL,
            updated_at BIGINT NOT NULL, PRIMARY KEY (organization_id, name))
        """,
        """
        CREATE TABLE organization_attributes (
            organization_id TEXT NOT NULL REFERENCES organizations (id), name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (organization_id, name))
        """,
        """
        CREATE TABLE account_attributes (
            account_id TEXT NOT NULL REFERENCES accounts (id), name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (account_id, name))
        """,
        """
        CREATE TABLE organization_keys (
            id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations (id),
            value TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created_by TEXT, created_at BIGINT NOT NULL,
            revoked_at BIGINT)
        """,
        "CREATE INDEX organization_keys_organization ON organization_keys (organization_id)",
        "CREATE INDEX organization_keys_revocation ON organization_keys (revoked_at)",
        """
        CREATE TABLE projects (
            id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations (id), slug TEXT NOT NULL,
            name TEXT NOT NULL, description TEXT, created_at BIGINT NOT NULL, UNIQUE (organization_id, slug))
        """,
        """
        CREATE TABLE project_keys (
            hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, project_id TEXT NOT NULL REFERENCES projects (id),
            name TEXT NOT NULL, start TEXT NOT NULL, scope TEXT NOT NULL, created_by TEXT, created_at BIGINT NOT NULL,
            last_used_at BIGINT, revoked_at BIGINT)
        """,
        "CREATE INDEX project_keys_project ON project_keys (project_id)",
        "CREATE INDEX project_keys_revocation ON project_keys (revoked_at)",
    ]
}
