import FoundationEssentials
package import KeyfobProtocol
import KeyfobSQL

extension AuthorizationServer {
    /// What a device is told when it asks.
    package struct StartedDeviceAuthorization: Sendable {
        /// The secret to poll with.
        package let deviceCode: String
        /// The code for the person.
        package let userCode: UserCode
        /// The codes' life in seconds.
        package let expiresIn: Int
        /// Seconds between polls.
        package let interval: Int
    }

    /// Starts a device authorization ([RFC 8628 section 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1)).
    ///
    /// - Throws: ``ServerError`` with `unauthorized_client` or `invalid_scope`; `.throttled`.
    package func startDeviceAuthorization(
        client: Client, scope: String?, from requester: Requester
    ) async throws -> StartedDeviceAuthorization {
        try client.require(.deviceCode)
        let scopes = try client.scopes(requested: scope)
        let deviceCode = DeviceAuthorization.codeFormat.make(random)
        let now = now()
        let throttles = startThrottles(from: requester)
        // Two live requests never share a user code; the constraint decides, and the next draw is free.
        for _ in 0..<8 {
            let userCode = UserCode(client.settings.userCodeFormat, random: random)
            let row = try await database.write { connection in
                try Throttle.take(throttles, window: policy.attemptWindow, at: now, connection)
                return try connection.first(
                    """
                    INSERT INTO device_authorizations (hash, user_code, client_id, scope, state, created_at,
                        expires_at, poll_interval, address, agent, device)
                    VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8, $9, $10)
                    ON CONFLICT (user_code) DO NOTHING RETURNING hash
                    """,
                    [
                        .text(TokenFormat.hash(deviceCode)), .text(userCode.normalized), .text(client.id),
                        .text(scopes.description), SQLValue(now), SQLValue(now, plus: policy.deviceCodeLife),
                        .integer(Int64(policy.pollInterval)), SQLValue(requester.address),
                        SQLValue(requester.agent), SQLValue(requester.device),
                    ]
                )
            }
            guard row != nil else { continue }
            return StartedDeviceAuthorization(
                deviceCode: deviceCode, userCode: userCode, expiresIn: policy.deviceCodeLife,
                interval: policy.pollInterval
            )
        }
        throw ServerError(.overloaded(seconds: 30), "no free user code was found")
    }
}
