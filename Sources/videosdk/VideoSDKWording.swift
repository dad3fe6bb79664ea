import KeyfobCommands

extension VideoSDK {
    /// What the screens say, to the letter of the vendor's page; where it shows nothing, of the vendor's client.
    static var wording: Wording {
        var wording = Wording()
        wording.signInVerb = "auth login"
        wording.errors = .error
        wording.signs = [.success: "✓", .warning: "⚠", .note: "ℹ"]
        wording.openings = [
            "login": Wording.block("Authentication")
                + [Wording.Line("Initiating browser authentication...", sign: .note)],
            "logout": Wording.block("Logout"),
            "whoami": Wording.block("Current User"),
        ]
        wording.browserScreen = [
            Wording.Line("Opened authentication URL in browser", sign: .success), Wording.Line("{url}"),
            Wording.Line(""),
        ]
        wording.addressScreen = [
            Wording.Line("Open this URL in your browser to authenticate:", sign: .note), Wording.Line("{url}"),
            Wording.Line(""),
        ]
        let waiting = "Waiting for authentication..."
        wording.waiting = Wording.Waiting(waiting, settled: "⠋ " + waiting)
        wording.signedIn = [Wording.Line(""), Wording.Line("Successfully authenticated!", sign: .success)]
        wording.signedOut = Wording.Line("Successfully logged out", sign: .success)
        wording.notSignedOut = Wording.Line("You were not logged in.", sign: .note)
        wording.identity = []
        wording.details = [
            Wording.Line("  Name: {name|-}"), Wording.Line("  Email: {email|-}"), Wording.Line("  Tier: {tier|-}"),
            Wording.Line("  Token: from the variable {variable}"),
        ]
        wording.verified = nil
        wording.interruptions = [
            "login": [Wording.Line(""), Wording.Line("Authentication cancelled by user")],
            "logout": [Wording.Line(""), Wording.Line("Logout cancelled by user")],
            "": [Wording.Line(""), Wording.Line("Cancelled by user")],
        ]
        wording.failures = [
            "login": "Authentication failed: {message}", "whoami": "Failed to fetch user: {message}",
        ]
        wording.phrases = phrases
        return wording
    }

    private static let phrases: [Wording.Occasion: Wording.Phrase] = [
        .expired: Wording.Phrase("Authentication link expired. Please run `videosdk auth login` again."),
        .timedOut: Wording.Phrase("Authentication timed out. Please try again."),
        .denied: Wording.Phrase("Authentication was denied in the browser. Nothing was stored."),
        .notSignedIn: Wording.Phrase("Not logged in. Run `videosdk auth login`."),
        .tokenRefused: Wording.Phrase(
            "Failed to fetch user: Authentication failed. Please check your \(tokenName).",
            hint: "It is malformed, has expired or was revoked. Run `videosdk auth login` for a new one."),
    ]
}
