/// The rules' numbers; lives are in seconds.
package struct Policy: Sendable {
    /// A device code's life; fifteen minutes.
    package var deviceCodeLife = 900
    /// How much longer than its life an approved device code can be redeemed, so that who approves in the last
    /// second is not told that it was in vain.
    package var approvedCodeGrace = 60
    /// Seconds between polls that a client is asked for.
    package var pollInterval = 5
    /// How much earlier than the interval a poll may come, in milliseconds: clocks run up to ten percent fast.
    package var pollTolerance = 1_000
    /// An authorization code's life; RFC 6749 allows ten minutes, a browser needs seconds.
    package var authorizationCodeLife = 60
    /// For how long a repeat of a redeemed authorization code by its own client is no theft.
    package var codeRepeatGrace = 10
    /// A refresh token's life, counted anew with each use; thirty days.
    package var refreshTokenLife = 30 * 86_400
    /// A sign-in's life in the browser; twelve hours.
    package var browserSessionLife = 12 * 3_600
    /// For how long a lost reply can be asked for again.
    package var replyLife = 60
    /// For how long a new token's secret waits to be shown.
    package var unseenSecretLife = 600
    /// The ID token's life.
    package var idTokenLife = 900
    /// Wrong passwords that one account and network have within the window.
    package var signInAttempts = 10
    /// Wrong user codes that one browser session has within the window.
    package var userCodeAttempts = 20
    /// Wrong passwords or codes from one network within the window; high, since many people share an address.
    package var networkAttempts = 300
    /// Sign-ins of programs that one network can begin within the window; each is a row until it expires.
    package var startedRequests = 600
    /// The window of the four limits above.
    package var attemptWindow = 900
    /// The most projects of one organization.
    package var organizationProjects = 1_000
    /// The most live keys of one project, and of one organization itself; lists have twice as many, with revoked ones.
    package var liveKeys = 200
    /// Passwords that are hashed at the same time.
    package var passwordWorkers = 2
    /// Passwords that may wait to be hashed.
    package var passwordQueue = 64

    /// The numbers that are right for most.
    package init() {}
}
