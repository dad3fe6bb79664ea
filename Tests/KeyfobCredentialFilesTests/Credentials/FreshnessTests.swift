import KeyfobCredentials
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Freshness")
struct FreshnessTests {
    private func credential(endingIn seconds: TimeInterval?) -> Credential {
        Credential(accessToken: Secret("t"), expiresAt: seconds.map { .noon + $0 }, origin: .login)
    }

    @Test(arguments: [(61.0, true), (60, false), (1, false), (0, false), (-1, false)])
    func `a token is fresh when it lives longer than a minute`(_ seconds: TimeInterval, _ isFresh: Bool) {
        #expect(credential(endingIn: seconds).isFresh(at: .noon) == isFresh)
    }

    @Test func `the margin can be another one`() {
        #expect(credential(endingIn: 61).isFresh(at: .noon, margin: 300) == false)
        #expect(credential(endingIn: 1).isFresh(at: .noon, margin: 0))
    }

    @Test func `a token without an end is fresh`() {
        #expect(credential(endingIn: nil).isFresh(at: .noon + 1e9))
    }
}
