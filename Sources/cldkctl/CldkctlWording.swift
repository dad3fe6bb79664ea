import KeyfobCommands

extension Cldkctl {
    /// What the screens say, to the letter of the vendor's page where it shows one.
    static var wording: Wording {
        var wording = Wording()
        wording.signInVerb = "auth"
        wording.errors = Wording.ErrorStyle(mark: "", warningMark: "Warning:")
        wording.paste = Wording.Paste("Enter your token: ", hint: wayToAToken(at: standardAddress))
        wording.signedIn = [Wording.Line("Auth success")]
        wording.signedOut = Wording.Line("Logged out")
        wording.endings[.pasted] = [
            Wording.Line("Logged out: the token was removed from this machine."),
            Wording.Line("It stays valid elsewhere until it is deleted in the Service Portal AI."),
        ]
        wording.failures["auth"] = "Auth failed: {message}"
        wording.interruptions["auth"] = [Wording.Line("Auth cancelled")]
        wording.interruptions[""] = [Wording.Line("Cancelled")]
        wording.phrases = [
            .notSignedIn: Wording.Phrase("Not authenticated. Run 'cldkctl auth'."),
            .tokenRefused: Wording.Phrase(
                "The token is unknown, expired or revoked", hint: "Run 'cldkctl auth' with another one."),
        ]
        return wording
    }

    /// How to get a token, in the words of the portal.
    ///
    /// - Parameter address: The address of the portal.
    /// - Returns: A sentence.
    static func wayToAToken(at address: String) -> String {
        "Get a token in the Service Portal AI, \(address): Profile > API > API Overview > Token > New Token."
    }
}
