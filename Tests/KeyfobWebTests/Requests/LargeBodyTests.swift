import Testing

/// Bodies over the limit of 64 KiB.
struct LargeBodyTests {
    private static let endpoints = [
        "/oauth/token", "/oauth/device_authorization", "/oauth/revoke", "/oauth/introspect",
    ]
    private static let pages = ["/sign-in", "/sign-out", "/authorize"]

    private static func body(_ size: Int) -> String {
        "x=" + String(repeating: "y", count: size - 2)
    }

    @Test(arguments: endpoints)
    func `an endpoint answers 413`(path: String) async throws {
        let headers = ["Content-Type": "application/x-www-form-urlencoded"]
        let world = try await World.open()
        expectError(
            try await world.send("POST", path, headers: headers, body: Self.body(65_537)), 413, "invalid_request"
        )
        let fits = try await world.send("POST", path, headers: headers, body: Self.body(65_536))
        #expect(fits.status == 400 || fits.status == 401)
    }

    @Test(arguments: pages)
    func `a page's route answers 413 with a page`(path: String) async throws {
        let headers = ["Content-Type": "application/x-www-form-urlencoded"]
        let world = try await World.open()
        expectPage(
            try await world.send("POST", path, headers: headers, body: Self.body(65_537)), 413, "This did not work"
        )
    }

    @Test
    func `a session's forms answer 413 with a page, too`() async throws {
        let world = try await World.open()
        for path in ["/device", "/device/approve", "/authorize/decision"] {
            let headers = [
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": "\(Browser.sessionCookie)=\(world.day.browsers[0])",
            ]
            expectPage(
                try await world.send("POST", path, headers: headers, body: Self.body(65_537)), 413,
                "This did not work"
            )
        }
    }
}
