/// How a client may sign people in by a link to a page of this server.
package struct BrowserRequestPolicy: Sendable, Hashable, Codable {
    /// A request's life in seconds; ten minutes by default.
    package var life: Int
    /// Whether a request whose id alone would poll must come with a challenge; true by default.
    ///
    /// The id stands in the browser's address bar and history. Without a challenge whoever reads it there can poll in
    /// place of the program, so `false` is for programs that know no challenge, where the operator accepts that.
    package var requiresChallenge: Bool

    /// Makes a policy.
    package init(life: Int = 600, requiresChallenge: Bool = true) {
        self.life = life
        self.requiresChallenge = requiresChallenge
    }
}
