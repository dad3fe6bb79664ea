import KeyfobCommands

extension Pipecat {
    /// What the screens say: the vendor's page shows none of them, so it is what the vendor's clients say.
    static var wording: Wording {
        var wording = Wording()
        wording.signInVerb = "cloud auth login"
        wording.errors = .error
        wording.browserScreen = [
            Wording.Line(""),
            Wording.Line("Opening browser for authentication..."),
            Wording.Line(""),
            Wording.Line("  If it does not open, visit this URL:"),
            Wording.Line("  {url}"),
            // With the empty line before it: a sign-in that comes back to this machine has no code.
            Wording.Line("\n  Then enter this code: {code}"),
            Wording.Line(""),
        ]
        wording.addressScreen = [
            Wording.Line(""),
            Wording.Line("To authenticate with Pipecat Cloud:"),
            Wording.Line(""),
            Wording.Line("  Visit this URL:"),
            Wording.Line("  {url}"),
            // With the empty line before it: a sign-in that comes back to this machine has no code.
            Wording.Line("\n  Then enter this code: {code}"),
            Wording.Line(""),
        ]
        wording.loopbackScreen = [
            Wording.Line(""),
            Wording.Line("Open this URL in your browser to authenticate:"),
            Wording.Line(""),
            Wording.Line("  {url}"),
            Wording.Line(""),
            Wording.Line("It must be a browser on this machine. Without one, create a personal access token at"),
            Wording.Line("\(tokenPage)"),
            Wording.Line("and run: pipecat cloud auth use-pat"),
            Wording.Line(""),
        ]
        wording.waiting = Wording.Waiting(
            "Waiting for authentication to complete...", settled: "Waiting for authentication to complete...")
        wording.signedIn = [
            Wording.Line("Web authentication finished successfully!"),
            Wording.Line("Account details stored to {file}"),
        ]
        wording.paste = Wording.Paste("Personal Access Token: ", hint: "create one at \(tokenPage)")
        wording.signedOut = Wording.Line("User credentials for Pipecat Cloud removed.")
        wording.notSignedOut = Wording.Line("You are not logged in.")
        wording.endings = endings
        wording.interruptions = ["login": [Wording.Line("Authentication cancelled")]]
        wording.phrases = phrases
        return wording
    }

    private static var endings: [Wording.Ending: [Wording.Line]] {
        [
            .ended: [Wording.Line("Logged out and session revoked.")],
            .pasted: [
                Wording.Line("User credentials for Pipecat Cloud removed."),
                Wording.Line("The personal access token is still valid elsewhere; revoke it at"),
                Wording.Line("\(tokenPage)"),
            ],
            .noRevocation: [
                Wording.Line(
                    "User credentials for Pipecat Cloud removed. "
                        + "Please sign out via dashboard to fully revoke session."),
                Wording.Line("Please visit: https://pipecat.daily.co/sign-out"),
            ],
            .unconfirmed: [
                Wording.Line("Local credentials removed. Server-side revocation could not be confirmed."),
                Wording.Line("The token may still be valid: {reason}"),
            ],
        ]
    }

    private static var phrases: [Wording.Occasion: Wording.Phrase] {
        [
            .expired: Wording.Phrase(
                "The authentication request has expired.", hint: "Run pipecat cloud auth login again."),
            .timedOut: Wording.Phrase("Authentication timed out.", hint: "Run pipecat cloud auth login again."),
            .denied: Wording.Phrase(
                "Authentication was denied in the browser.", hint: "Run pipecat cloud auth login to ask again."),
            .notSignedIn: Wording.Phrase("You are not logged in. Please run `pipecat cloud auth login` first."),
            .tokenRefused: Wording.Phrase(
                "Unauthorized request / invalid user token.",
                hint: "Please log in again using pipecat cloud auth login"),
            .malformedToken: Wording.Phrase(
                "Invalid token format. PATs must start with \(personalTokenPrefix)", hint: "Create one at \(tokenPage)"),
            .malformedFile: Wording.Phrase(
                "The configuration is malformed: {message}",
                hint: "Run pipecat cloud auth logout to reset it; it is kept under another name."),
            .unreachable: Wording.Phrase(
                "Unable to connect to Pipecat Cloud API. Please check your network connection and try again."),
        ]
    }
}
