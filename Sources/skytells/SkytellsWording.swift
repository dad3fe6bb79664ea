import KeyfobCommands

extension Skytells {
    /// What the screens say, to the letter of the vendor's page.
    static var wording: Wording {
        var wording = Wording()
        wording.errors = .sign("✖")
        wording.signs = [.success: "✔", .warning: "⚠", .note: "ℹ"]
        wording.starting = Wording.Waiting(
            "Initiating device authorization...", settled: "⠋ Initiating device authorization...")
        wording.deviceScreen = [
            Wording.Line(""),
            Wording.Line("  Your device code is: {code}"),
            Wording.Line(""),
            Wording.Line("  Open this URL in your browser to authorize:"),
            Wording.Line("  {url}"),
            Wording.Line(""),
        ]
        wording.waiting = Wording.Waiting(
            "Waiting for authorization...", settled: "  Waiting for authorization...",
            plain: "  Waiting for authorization...")
        wording.signedIn = [
            Wording.Line("Authenticated successfully!", sign: .success),
            Wording.Line("  Credentials saved to {file}"),
        ]
        wording.again = "You are already logged in. Do you want to re-authenticate?"
        wording.leaving = "Are you sure you want to log out?"
        wording.signedOut = Wording.Line("Logged out. Credentials removed.", sign: .success)
        wording.notSignedOut = Wording.Line("You are not currently logged in.", sign: .warning)
        wording.identity = [
            Wording.Line("Token: {token}...", sign: .note), Wording.Line("Source: {source}", sign: .note),
        ]
        wording.paste = Wording.Paste(
            "Paste your personal access token: ",
            introduction: [Wording.Line("Create a token at \(tokenPage)", sign: .note)],
            accepted: Wording.Line("Token is valid!", sign: .success),
            hint: "create one at \(tokenPage) and run 'skytells login --token' again")
        wording.verified = Wording.Line("Token is valid!", sign: .success)
        wording.phrases = [
            .expired: Wording.Phrase(
                "Device code expired",
                hint: "The browser authorization was not completed in time. Run skytells login again."),
            .denied: Wording.Phrase("Authorization denied by user", hint: "Run skytells login to ask again."),
            .notSignedIn: Wording.Phrase("Not authenticated", hint: "Run skytells login first."),
            .tokenRefused: Wording.Phrase(
                "Token is invalid",
                hint: "It contains a typo, has expired or has been revoked. Generate a new one at \(tokenPage)."),
            .malformedToken: Wording.Phrase(
                "Token is invalid",
                hint: "Tokens start with 'sk_pat_' and are 71 characters long. Create one at \(tokenPage)."),
        ]
        return wording
    }
}
