import FoundationEssentials
import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Testing

/// What a resource says of a token, found by a product's facts.
struct TokenDetailsTests {
    private static let facts = ServiceFacts(
        baseURL: "https://api.example.com", checkPath: "/me",
        details: [
            "subject": ["id"], "expires_at": ["token", "ends"], "issued_at": ["token", "made"],
            "scope": ["token", "scope"], "tier": ["tier"],
        ])

    private static func details(_ reply: String) async throws -> TokenDetails? {
        let standing = try await facts.located().standing(
            of: Secret("t"), as: ClientIdentity(id: "c"), over: FakeTransport(["/me": { _ in .json(reply) }]))
        guard case .accepted(let details) = standing else { return nil }
        return details
    }

    @Test func `times and scopes are read where the facts say that they are`() async throws {
        let details = try #require(
            try await Self.details(
                #"{"id":"a","tier":"Pro","token":{"ends":"2027-01-15T08:00:00Z","made":"2027-01-01T00:00:00Z","scope":"x y"}}"#
            ))
        #expect(details.subject == "a")
        #expect(details.expiresAt == Date(timeIntervalSince1970: 1_800_000_000))
        #expect(details.issuedAt == Date(timeIntervalSince1970: 1_798_761_600))
        #expect(details.scopes == ["x", "y"])
        #expect(details.fields == ["tier": "Pro"])
    }

    @Test func `a time or a scope that makes no sense is unknown, and the rest is told`() async throws {
        let details = try #require(
            try await Self.details(#"{"id":"a","token":{"ends":"soon","made":7,"scope":"\u0001"}}"#))
        #expect(details.subject == "a")
        #expect(details.expiresAt == nil && details.issuedAt == nil && details.scopes.isEmpty)
    }
}
