package import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

/// A request of a device to be signed in, while a person decides about it
/// ([RFC 8628](https://www.rfc-editor.org/rfc/rfc8628)).
package struct DeviceAuthorization: Sendable, Hashable {
    /// The form of device codes.
    package static let codeFormat = TokenFormat(prefix: "kfd_")

    /// Where the request is in its life.
    package enum State: String, Sendable {
        /// Nobody decided yet.
        case pending
        /// A person said yes; the device may redeem its code once.
        case approved
        /// A person said no.
        case denied
        /// The device has its tokens.
        case redeemed
    }

    /// The hash of the device code; it names the request.
    package let hash: String
    /// The code that the person carries.
    package let userCode: UserCode
    /// Which client asks.
    package let client: Client
    /// For what.
    package let scopes: Scopes
    /// Where it is in its life.
    package let state: State
    /// When the device asked.
    package let createdAt: Date
    /// Until when a person may decide.
    package let expiresAt: Date
    /// From where the device asked.
    package let requester: Requester

    init?(_ row: SQLRow, client: Client) throws {
        guard let code = UserCode(typed: try row.text("user_code")) else { return nil }
        hash = try row.text("hash")
        userCode = code
        self.client = client
        scopes = try row.scopes("scope")
        state = try row.state("state", of: State.self)
        createdAt = try row.date("created_at")
        expiresAt = try row.date("expires_at")
        requester = Requester(
            address: try row.optionalText("address"), agent: try row.optionalText("agent"),
            device: try row.optionalText("device")
        )
    }
}
