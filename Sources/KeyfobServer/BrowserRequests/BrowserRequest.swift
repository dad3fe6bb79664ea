package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A program's request to be signed in by a link that a person opens in a browser, while the program polls.
///
/// No RFC describes it; it differs from a device authorization in what the browser brings: an id in the link in place
/// of a code that is typed. What protects a device code protects a request, too: one decision, by the session that
/// brought the id, one redemption.
package struct BrowserRequest: Sendable, Hashable {
    /// The form of ids, which stand in links.
    package static let idFormat = TokenFormat(prefix: "kfq_")
    /// The form of secrets to poll with.
    package static let secretFormat = TokenFormat(prefix: "kfw_")

    /// Where the request is in its life.
    package enum State: String, Sendable {
        /// Nobody decided yet.
        case pending
        /// A person said yes; the program may redeem the request once.
        case approved
        /// A person said no.
        case denied
        /// The program has its tokens.
        case redeemed
        /// Nobody decided in time; follows from the time, no table holds it.
        case expired
    }

    /// What a product's wire has besides the id.
    package struct Wire: Sendable, Hashable {
        /// Whether the program polls with a secret that no browser sees.
        package var hasPollSecret: Bool
        /// Whether the person has to type a code that the program shows.
        package var hasCode: Bool
        /// The S256 challenge whose verifier the poll must carry, made as for PKCE; `nil` for none.
        package var challenge: String?

        /// Describes a wire; without any wish the id alone polls.
        package init(hasPollSecret: Bool = false, hasCode: Bool = false, challenge: String? = nil) {
            self.hasPollSecret = hasPollSecret
            self.hasCode = hasCode
            self.challenge = challenge
        }
    }

    /// The hash of the id; it names the request.
    package let hash: String
    /// The code that the program shows, if it shows one.
    package let code: UserCode?
    /// Which client asks.
    package let client: Client
    /// For what.
    package let scopes: Scopes
    /// Where it is in its life.
    package let state: State
    /// When the program asked.
    package let createdAt: Date
    /// Until when a person may decide.
    package let expiresAt: Date
    /// From where the program asked.
    package let requester: Requester

    init(_ row: SQLRow, client: Client, at now: Date) throws {
        hash = try row.text("hash")
        code = try row.optionalText("code").flatMap { UserCode(typed: $0) }
        self.client = client
        scopes = try row.scopes("scope")
        createdAt = try row.date("created_at")
        expiresAt = try row.date("expires_at")
        let stored = try row.state("state", of: State.self)
        state = stored == .pending && expiresAt <= now ? .expired : stored
        requester = Requester(
            address: try row.optionalText("address"), agent: try row.optionalText("agent"),
            device: try row.optionalText("device")
        )
    }

    /// The request of a row; `nil` if its client may not be used any more.
    static func read(_ row: SQLRow, at now: Date, _ connection: any SQLConnection) throws -> BrowserRequest? {
        guard let client = try Client.find(try row.text("client_id"), connection), client.state == .active
        else { return nil }
        return try BrowserRequest(row, client: client, at: now)
    }
}
