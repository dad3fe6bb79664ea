import FoundationEssentials
import KeyfobProtocol
import Testing

/// Each message against the example document of its RFC.
struct MessagesTests {
    private static func decode<Message: Codable & Hashable>(_ json: String, as _: Message.Type) throws -> Message {
        let message = try JSONDecoder().decode(Message.self, from: Data(json.utf8))
        let again = try JSONDecoder().decode(Message.self, from: JSONEncoder().encode(message))
        #expect(again == message)
        return message
    }

    /// [RFC 6749 section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
    @Test func `the token reply of RFC 6749 is read`() throws {
        let reply = try Self.decode(
            """
            {
              "access_token":"2YotnFZFEjr1zCsicMWpAA",
              "token_type":"example",
              "expires_in":3600,
              "refresh_token":"tGzv3JOkF0XG5Qx2TlKWIA",
              "example_parameter":"example_value"
            }
            """, as: TokenReply.self
        )
        let expected = TokenReply(
            accessToken: "2YotnFZFEjr1zCsicMWpAA", tokenType: "example", expiresIn: 3600,
            refreshToken: "tGzv3JOkF0XG5Qx2TlKWIA"
        )
        #expect(reply == expected)
    }

    @Test func `a token reply without access token or type is refused, and one with only those is read`() throws {
        let minimal = try Self.decode(#"{"access_token":"a","token_type":"bearer"}"#, as: TokenReply.self)
        #expect(minimal == TokenReply(accessToken: "a", tokenType: "bearer"))
        for json in [#"{"token_type":"Bearer"}"#, #"{"access_token":"a"}"#, "[]", "<html>", ""] {
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode(TokenReply.self, from: Data(json.utf8))
            }
        }
    }

    @Test func `an absent value is left out and not written as null`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(TokenReply(accessToken: "a")), as: UTF8.self)
        #expect(json == #"{"access_token":"a","token_type":"Bearer"}"#)
        let inactive = String(decoding: try encoder.encode(IntrospectionReply()), as: UTF8.self)
        #expect(inactive == #"{"active":false}"#)
    }

    /// [RFC 6749 section 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
    @Test func `the error reply of RFC 6749 is read`() throws {
        let reply = try Self.decode(#"{ "error":"invalid_request" }"#, as: ErrorReply.self)
        #expect(reply == ErrorReply(error: .invalidRequest))
        let described = try Self.decode(
            #"{"error":"slow_down","error_description":"wait","error_uri":"https://example.com"}"#, as: ErrorReply.self
        )
        #expect(described == ErrorReply(error: .slowDown, description: "wait"))
        #expect(try Self.decode(#"{"error":"never_heard_of"}"#, as: ErrorReply.self).error.rawValue == "never_heard_of")
    }

    /// [RFC 8628 section 3.2](https://www.rfc-editor.org/rfc/rfc8628#section-3.2).
    @Test func `the device authorization reply of RFC 8628 is read`() throws {
        let reply = try Self.decode(
            """
            {
              "device_code": "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
              "user_code": "WDJB-MJHT",
              "verification_uri": "https://example.com/device",
              "verification_uri_complete":
                  "https://example.com/device?user_code=WDJB-MJHT",
              "expires_in": 1800,
              "interval": 5
            }
            """, as: DeviceAuthorizationReply.self
        )
        let expected = DeviceAuthorizationReply(
            deviceCode: "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS", userCode: "WDJB-MJHT",
            verificationURI: "https://example.com/device",
            verificationURIComplete: "https://example.com/device?user_code=WDJB-MJHT", expiresIn: 1800, interval: 5
        )
        #expect(reply == expected)
    }

    @Test func `a device authorization reply may leave out the interval and the complete URI`() throws {
        let reply = try Self.decode(
            #"{"device_code":"d","user_code":"u","verification_uri":"https://e.com","expires_in":60}"#,
            as: DeviceAuthorizationReply.self
        )
        let expected = DeviceAuthorizationReply(
            deviceCode: "d", userCode: "u", verificationURI: "https://e.com", expiresIn: 60
        )
        #expect(reply == expected)
    }

    /// [RFC 7662 section 2.2](https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
    @Test func `the introspection reply of RFC 7662 is read`() throws {
        let reply = try Self.decode(
            """
            {
              "active": true,
              "client_id": "l238j323ds-23ij4",
              "username": "jdoe",
              "scope": "read write dolphin",
              "sub": "Z5O3upPC88QrAjx00dis",
              "aud": "https://protected.example.net/resource",
              "iss": "https://server.example.com/",
              "exp": 1419356238,
              "iat": 1419350238,
              "extension_field": "twenty-seven"
            }
            """, as: IntrospectionReply.self
        )
        var expected = IntrospectionReply(active: true)
        expected.clientID = "l238j323ds-23ij4"
        expected.username = "jdoe"
        expected.scope = Scopes(["read", "write", "dolphin"])
        expected.subject = "Z5O3upPC88QrAjx00dis"
        expected.audience = "https://protected.example.net/resource"
        expected.issuer = "https://server.example.com/"
        expected.expiresAt = 1_419_356_238
        expected.issuedAt = 1_419_350_238
        #expect(reply == expected)
    }

    @Test func `the reply for a token that is not active is read`() throws {
        #expect(try Self.decode(#"{"active": false}"#, as: IntrospectionReply.self) == IntrospectionReply())
    }

    /// "Service-specific string identifier or list of string identifiers", RFC 7662 section 2.2.
    @Test func `an introspection reply with several audiences is read`() throws {
        let json = #"{"active":true,"aud":["https://a.example","https://b.example"]}"#
        #expect(try Self.decode(json, as: IntrospectionReply.self).active)
    }

    /// [OpenID Connect Core section 5.3.2](https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse).
    @Test func `the userinfo reply of OpenID Connect is read`() throws {
        let reply = try Self.decode(
            """
            {
              "sub": "248289761001",
              "name": "Jane Doe",
              "given_name": "Jane",
              "family_name": "Doe",
              "preferred_username": "j.doe",
              "email": "janedoe@example.com",
              "picture": "http://example.com/janedoe/me.jpg"
            }
            """, as: UserInfoReply.self
        )
        let expected = UserInfoReply(
            subject: "248289761001", name: "Jane Doe", preferredUsername: "j.doe", email: "janedoe@example.com"
        )
        #expect(reply == expected)
    }

    @Test func `the grants and errors have their names of the RFCs`() {
        #expect(GrantType.deviceCode.rawValue == "urn:ietf:params:oauth:grant-type:device_code")
        #expect(GrantType.authorizationCode.rawValue == "authorization_code")
        #expect(GrantType.refreshToken.rawValue == "refresh_token")
        let codes: [OAuthErrorCode] = [
            .invalidRequest, .invalidClient, .invalidGrant, .unauthorizedClient, .unsupportedGrantType, .invalidScope,
            .unsupportedResponseType, .accessDenied, .serverError, .temporarilyUnavailable, .authorizationPending,
            .slowDown, .expiredToken, .invalidToken, .insufficientScope, .unsupportedTokenType,
        ]
        #expect(
            codes.map(\.rawValue) == [
                "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
                "invalid_scope", "unsupported_response_type", "access_denied", "server_error",
                "temporarily_unavailable", "authorization_pending", "slow_down", "expired_token", "invalid_token",
                "insufficient_scope", "unsupported_token_type",
            ]
        )
    }
}
