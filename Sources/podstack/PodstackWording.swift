import KeyfobCommands

extension Podstack {
    /// What the screens say: to the letter of the vendor's page where it shows them, else in its style.
    static var wording: Wording {
        var wording = Wording()
        wording.signInVerb = "auth login"
        wording.errors = .solution
        wording.signs = [:]
        addSigningIn(to: &wording)
        addStanding(to: &wording)
        wording.revoked = [
            Wording.Line("Token revoked: {token}****"),
            Wording.Line("Run podstack auth login to authenticate again."),
        ]
        wording.signedOut = Wording.Line("Logged out: the token was removed from the configuration.")
        wording.notSignedOut = Wording.Line("You are not logged in.")
        wording.interruptions = ["login": [Wording.Line("Login cancelled; nothing was changed.")]]
        wording.phrases = phrases
        return wording
    }

    private static func addSigningIn(to wording: inout Wording) {
        wording.browserScreen = [
            Wording.Line("Opening your browser to log in to Podstack."),
            Wording.Line("If it does not open, visit this address:"),
            Wording.Line(""), Wording.Line("  {url}"), Wording.Line(""),
        ]
        wording.addressScreen = [
            Wording.Line("To log in to Podstack, visit this address in a browser on this machine:"),
            Wording.Line(""), Wording.Line("  {url}"), Wording.Line(""),
        ]
        wording.deviceScreen = [
            Wording.Line("To log in to Podstack, visit this address in a browser on any device:"),
            Wording.Line(""), Wording.Line("  {url}"), Wording.Line(""),
            Wording.Line("and enter the code: {code}"), Wording.Line(""),
        ]
        wording.waiting = Wording.Waiting("Waiting for you to log in...")
        wording.signedIn = [
            Wording.Line("Authenticated as: {account}"), Wording.Line("Account ID: {subject}"),
            Wording.Line("Project: {project}"), Wording.Line("Credentials saved to {file}"),
        ]
        wording.paste = Wording.Paste(
            "API token: ", introduction: [Wording.Line("Generate a token at \(tokenPage)")],
            hint: "Generate a token at \(tokenPage)")
    }

    private static func addStanding(to wording: inout Wording) {
        wording.status = [
            Wording.Line("Authenticated as: {account}"), Wording.Line("Account ID: {subject}"),
            Wording.Line("Token expires: {expires|never}"),
        ]
        wording.identity = []
        wording.details = [
            Wording.Line("Email: {email}"), Wording.Line("Name: {name}"), Wording.Line("Account ID: {subject}"),
            Wording.Line("Profile: {profile}"), Wording.Line("Project: {project}"),
        ]
        wording.verified = nil
        wording.tokenInfo = [
            Wording.Line("Token: {token}****"), Wording.Line("Type: {kind}"), Wording.Line("Name: {label}"),
            Wording.Line("Source: {source}"), Wording.Line("Account ID: {subject}"), Wording.Line("Scopes: {scopes}"),
            Wording.Line("Created: {created}"), Wording.Line("Token expires: {expires|never}"),
            Wording.Line("Refreshed: {refreshed}"),
        ]
        wording.refreshed = [
            Wording.Line("Token refreshed: {token}****"), Wording.Line("Token expires: {expires|never}"),
        ]
    }

    private static var phrases: [Wording.Occasion: Wording.Phrase] {
        let login = "podstack auth login"
        let invalid = Wording.Phrase(
            "Invalid authentication token", hint: "Generate a new token from the dashboard")
        return [
            .tokenExpired: Wording.Phrase("Token expired", hint: "Re-authenticate", command: login),
            .tokenRefused: invalid,
            .malformedToken: invalid,
            .forbidden: forbidden,
            .notSignedIn: Wording.Phrase("Not authenticated", hint: "Authenticate", command: login),
            .notRefreshable: Wording.Phrase(
                "This token can't be refreshed", hint: "Generate a new token at \(tokenPage)"),
            .denied: Wording.Phrase("Login denied", hint: "Ask again", command: login),
            .expired: Wording.Phrase("Login expired", hint: "Start again", command: login),
            .timedOut: Wording.Phrase("Login timed out", hint: "Start again", command: login),
        ]
    }

    /// What is said where the token is good, and not for this.
    static let forbidden = Wording.Phrase(
        "Permission denied for resource", hint: "Check if the token has access to the project",
        command: "podstack project list")
}
