/// Shows who asks for access, from where and for what, and lets the person approve or deny it.
///
/// The form posts `csrf`, the hidden fields and `decision`, which is `approve` or `deny`. No button has the focus and
/// Deny comes first, so a hurried Enter approves nothing.
package struct ApprovePage: Sendable, Equatable {
    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// What else the form carries back, unchanged.
    package var hiddenFields: [HiddenField]
    /// The name of the client that asks.
    package var clientName: String
    /// Whether the operator vouches for that name.
    package var clientVerified: Bool
    /// The account that access is given to, and its owner's e-mail address when known.
    package var account: Account
    /// The organization that access is given for, when there is a choice.
    package var organization: String?
    /// The code that the terminal shows, in the device flow.
    package var code: String?
    /// Where the request came from; absent when the browser itself brought it.
    package var requester: Requester?
    /// What the client may do, in words.
    package var scopes: [Scope]
    /// Where the browser goes next in the loopback flow, as in `127.0.0.1:43211`.
    package var redirectHost: String?
    /// How long the request can still be approved, as in "Expires in 13 minutes".
    package var expiry: String?

    /// Creates the page; optional parts are left out of it when absent.
    package init(
        action: String,
        csrf: String,
        hiddenFields: [HiddenField] = [],
        clientName: String,
        clientVerified: Bool,
        account: Account,
        organization: String? = nil,
        code: String? = nil,
        requester: Requester? = nil,
        scopes: [Scope],
        redirectHost: String? = nil,
        expiry: String? = nil
    ) {
        self.action = action
        self.csrf = csrf
        self.hiddenFields = hiddenFields
        self.clientName = clientName
        self.clientVerified = clientVerified
        self.account = account
        self.organization = organization
        self.code = code
        self.requester = requester
        self.scopes = scopes
        self.redirectHost = redirectHost
        self.expiry = expiry
    }
}

extension ApprovePage {
    /// A field of the form that the person does not see.
    package struct HiddenField: Sendable, Equatable {
        /// The field's name in the posted form.
        package var name: String
        /// The field's value, posted back unchanged.
        package var value: String

        /// Creates a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Whose account it is.
    package struct Account: Sendable, Equatable {
        /// The user name or full name.
        package var name: String
        /// The e-mail address, when known.
        package var email: String?

        /// Creates an account's description.
        package init(name: String, email: String? = nil) {
            self.name = name
            self.email = email
        }
    }

    /// The machine that started the request, as far as the server knows it.
    package struct Requester: Sendable, Equatable {
        /// The network address that the request came from.
        package var address: String
        /// The host name that the client gave.
        package var hostName: String?
        /// The operating system or user agent that the client gave.
        package var system: String?
        /// When the request was made, in words, as in "2 minutes ago".
        package var started: String?
        /// Whether the request came from another address than this browser.
        package var addressDiffers: Bool
        /// The address of this browser, shown when the two differ.
        package var browserAddress: String?

        /// Creates a requester's description; optional parts are left out of the page when absent.
        package init(
            address: String,
            hostName: String? = nil,
            system: String? = nil,
            started: String? = nil,
            addressDiffers: Bool = false,
            browserAddress: String? = nil
        ) {
            self.address = address
            self.hostName = hostName
            self.system = system
            self.started = started
            self.addressDiffers = addressDiffers
            self.browserAddress = browserAddress
        }
    }

    /// One thing that the client may do.
    package struct Scope: Sendable, Equatable {
        /// The scope's name on the wire.
        package var name: String
        /// What it allows, in words; without it the name alone is shown.
        package var words: String?

        /// Creates a scope's description.
        package init(name: String, words: String? = nil) {
            self.name = name
            self.words = words
        }
    }
}
