import FoundationEssentials
import KeyfobProtocol
import KeyfobSQL
import KeyfobServer
import KeyfobTestSupport
import Testing

/// What somebody has who copies the database: hashes, and no right to anything.
struct NoSecretTests {
    /// Everything that SQLite wrote, deleted rows and the write-ahead log included.
    private static func bytes(_ world: TestWorld) throws -> Data {
        let files = ["/keyfob.db", "/keyfob.db-wal"].map { URL(filePath: world.folder.path + $0) }
        return try files.reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }

    private static func secrets(_ world: TestWorld) async throws -> [String] {
        let opaque = try await world.client("opaque") {
            $0.accessToken = .opaque(AccessTokenPolicy.standardOpaqueFormat, life: nil)
        }
        let cookie = try await world.server.signIn(username: "ada", password: TestWorld.password, from: TestWorld.home)
        let started = try await world.startDevice()
        try await world.decide(started)
        let first = try await world.server.redeemDeviceCode(
            started.deviceCode, client: world.tool, idempotencyKey: "idempotency-1"
        )
        let second = try await world.server.refresh(
            try first.refreshToken.orFail(), client: world.tool, idempotencyKey: "idempotency-2"
        )
        let code = try await world.authorizationCode()
        let third = try await world.server.redeem(TestWorld.redemption(code, key: "idempotency-3"), client: world.tool)
        let fourth = try await world.signIn(opaque)
        let replies = [first, second, third, fourth]
        let tokens = replies.flatMap { [$0.accessToken, $0.refreshToken, $0.idToken].compactMap { $0 } }
        let signatures = tokens.filter { $0.contains(".") }.compactMap {
            $0.split(separator: ".").last.map(String.init)
        }
        return tokens + signatures + [
            TestWorld.password, cookie, started.deviceCode, code, world.serviceSecret, TestWorld.verifier,
            "idempotency-1", "idempotency-2", "idempotency-3",
        ]
    }

    @Test func `no token, code or password is in the database after a whole flow`() async throws {
        let world = try await TestWorld.open()
        let secrets = try await Self.secrets(world)
        let bytes = try Self.bytes(world)
        // What is there: so the search finds things.
        for text in ["ada@example.com", TokenFormat.hash(world.serviceSecret), "$argon2id$v=19$m=19456,t=2,p=1$"] {
            #expect(bytes.firstRange(of: Data(text.utf8)) != nil, "\(text)")
        }
        #expect(secrets.count > 15)
        for secret in secrets {
            #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret.prefix(4))")
        }
    }

    @Test func `no secret is in the audit trail or in an error`() async throws {
        let world = try await TestWorld.open()
        let secrets = try await Self.secrets(world)
        var texts = try await world.database.read { connection in
            try connection.execute("SELECT kind || ' ' || coalesce(detail, '') AS text FROM audit_events")
                .map { try $0.text("text") }
        }
        for secret in secrets {
            texts.append(
                try await refusal { try await world.server.redeemDeviceCode(secret, client: world.tool) }.description)
            texts.append(
                try await refusal {
                    try await world.server.refresh(secret, client: world.otherTool)
                }.description
            )
        }
        for secret in secrets {
            #expect(!texts.contains { $0.contains(secret) })
        }
    }
}
