public import KeyfobSignIn

/// How a person wants to sign in: what the options of a product's `login` say.
public struct LoginWishes: Sendable {
    /// The way to sign in; `nil` chooses by what the service offers and what is at hand.
    public var method: Product.Method?
    /// Whether a browser may be opened; true by default.
    public var opensBrowser = true
    /// The longest time to wait for the person; `nil` waits as long as the code lives, or the product's own time.
    public var limit: Duration?
    /// The scopes to ask for; `nil` asks for the product's usual ones.
    public var scopes: [String]?
    /// The client identifier; `nil` takes the one of before, or the product's.
    public var clientID: String?
    /// The client's secret; none by default.
    public var clientSecret: String?
    /// A token that is already there; it is checked and stored, and nothing else is asked.
    public var token: String?
    /// Whether the tokens go to the keyring of ``ProductCLI/secrets``; false by default.
    public var keepsSecretsApart = false

    /// What is shown when all is done; `nil` is the wording's.
    public var signedIn: [Wording.Line]?

    /// Makes wishes: everything is chosen by what is at hand.
    public init(method: Product.Method? = nil, opensBrowser: Bool = true, scopes: [String]? = nil) {
        self.method = method
        self.opensBrowser = opensBrowser
        self.scopes = scopes
    }
}
