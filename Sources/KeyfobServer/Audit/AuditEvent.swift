import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL

/// Something that happened to somebody's access; written in the transaction that made it happen.
struct AuditEvent: Sendable {
    /// What happened.
    enum Kind: String, Sendable {
        case accountAdded = "account.added"
        case accountDisabled = "account.disabled"
        case accountEnabled = "account.enabled"
        case accountAttributeSet = "account.attribute-set"
        case clientAdded = "client.added"
        case clientChanged = "client.changed"
        case signedIn = "browser.signed-in"
        case signInFailed = "browser.sign-in-failed"
        case signedOut = "browser.signed-out"
        case userCodeUnknown = "device.code-unknown"
        case deviceApproved = "device.approved"
        case deviceDenied = "device.denied"
        case requestCodeUnknown = "request.code-unknown"
        case requestApproved = "request.approved"
        case requestDenied = "request.denied"
        case authorizationApproved = "authorization.approved"
        case authorizationDenied = "authorization.denied"
        case sessionOpened = "session.opened"
        case sessionEnded = "session.ended"
        case tokenRevoked = "token.revoked"
        case personalTokenAdded = "personal-token.added"
        case personalTokenRenamed = "personal-token.renamed"
        case personalTokenRegenerated = "personal-token.regenerated"
        case personalTokenRevoked = "personal-token.revoked"
        case codeReplayed = "code.replayed"
        case refreshReplayed = "refresh.replayed"
        case organizationAdded = "organization.added"
        case organizationAttributeSet = "organization.attribute-set"
        case organizationSecretSet = "organization.secret-set"
        case memberAdded = "organization.member-added"
        case memberRemoved = "organization.member-removed"
        case organizationKeyAdded = "organization.key-added"
        case organizationKeyRevoked = "organization.key-revoked"
        case projectAdded = "project.added"
        case projectKeyAdded = "project.key-added"
        case projectKeyRevoked = "project.key-revoked"
    }

    let kind: Kind
    let account: String?
    let client: String?
    let session: String?
    let address: String?
    /// Text for the operator; never a secret.
    let detail: String?

    init(
        _ kind: Kind, account: String? = nil, client: String? = nil, session: String? = nil, address: String? = nil,
        detail: String? = nil
    ) {
        self.kind = kind
        self.account = account
        self.client = client
        self.session = session
        self.address = address
        self.detail = detail
    }
}

extension SQLConnection {
    /// Writes an event in the running transaction.
    func record(_ event: AuditEvent, at now: Date, _ random: RandomBytes) throws {
        try execute(
            """
            INSERT INTO audit_events (id, at, kind, account_id, client_id, session_id, address, detail)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(random.identifier()), SQLValue(now), .text(event.kind.rawValue), SQLValue(event.account),
                SQLValue(event.client), SQLValue(event.session), SQLValue(event.address), SQLValue(event.detail),
            ]
        )
    }
}

extension RandomBytes {
    /// A name that nobody else draws: 128 random bits, 22 characters, the first one no hyphen.
    func identifier() -> String {
        var name = Base64URL.encode(bytes(16))
        // A command that is given it as an argument would take it for an option.
        while name.hasPrefix("-") { name = Base64URL.encode(bytes(16)) }
        return name
    }
}
