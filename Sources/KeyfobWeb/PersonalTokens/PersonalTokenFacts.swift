package import KeyfobServer

/// Where a product's pages for personal tokens are, and what they are called there.
package struct PersonalTokenFacts: Sendable, Hashable {
    /// What the product's portal calls things.
    package struct Words: Sendable, Hashable {
        /// The list's heading.
        package var title = "Personal access tokens"
        /// What is above the heading: where in the portal this is; nothing by default.
        package var breadcrumb: [String] = []
        /// What stands below the list's heading.
        package var lead = "Use a token where no browser can sign you in."
        /// The button that leads to the form.
        package var newToken = "New token"
        /// The field for the name.
        package var name = "Name"
        /// The field for the life, and how it is called in the list.
        package var expiry = "Expires"
        /// The heading of the page that shows the secret.
        package var created = "Token created"
        /// The field that shows the secret.
        package var secret = "Your token"

        /// Plain words.
        package init() {}
    }

    /// The kind of tokens.
    package var kind: PersonalTokenKind
    /// The list's path, such as `/settings/tokens`; the other pages are below it.
    package let path: String
    /// What things are called.
    package var words: Words

    /// Describes the pages.
    ///
    /// - Parameters:
    ///   - kind: The kind of tokens.
    ///   - path: The list's path; it begins with a slash and has none at its end.
    ///   - words: What things are called; plain words by default.
    package init(kind: PersonalTokenKind, path: String, words: Words = Words()) {
        self.kind = kind
        self.path = path
        self.words = words
    }

    var newPath: String { path + "/new" }
    var secretPath: String { path + "/secret" }
    var editPath: String { path + "/edit" }
    var renamePath: String { path + "/rename" }
    var regeneratePath: String { path + "/regenerate" }
    var revokePath: String { path + "/revoke" }

    /// Paths to come back to after a sign-in.
    var returnPaths: [String] { [path, newPath, editPath, revokePath] }
    /// Whether there is anything to change about a token.
    var canEdit: Bool { kind.canRename || kind.canRegenerate }
}
