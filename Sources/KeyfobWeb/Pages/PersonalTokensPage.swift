package import KeyfobServer

/// Lists a person's tokens; a secret is not among what it shows.
package struct PersonalTokensPage: Sendable, Equatable {
    /// One token.
    package struct Row: Sendable, Equatable {
        /// What its owner calls it.
        package var name: String
        /// The secret's first characters.
        package var start: String
        /// Where it is in its life.
        package var state: PersonalToken.State
        /// The day on which it was made.
        package var created: String
        /// The last day of its life, in words.
        package var expires: String
        /// When it was used last, in words.
        package var lastUsed: String
        /// What it allows, where there was a choice.
        package var scopes: String?
        /// The path of the page that changes it, if it can be.
        package var editPath: String?
        /// The path of the page that ends it, if it can be.
        package var revokePath: String?
    }

    /// The heading.
    package var title: String
    /// Where in the portal this is.
    package var breadcrumb: [String]
    /// What stands below the heading.
    package var lead: String
    /// What the end of a token's life is called.
    package var expiryLabel: String
    /// The tokens.
    package var tokens: [Row]
    /// What the button to the form says.
    package var newLabel: String
    /// The form's path; without it there is no such button.
    package var newPath: String?
    /// Why there is none.
    package var limit: String?
    /// The account that is signed in here.
    package var signedInAs: String?
    /// The path that signing out posts to.
    package var signOutAction: String?
    /// The token that proves the form came from this server.
    package var csrf: String

    var values: PageValues {
        [
            "heading": .text(title),
            "breadcrumb": .text(breadcrumb.joined(separator: " › ")),
            "lead": .text(lead),
            "expiryLabel": .fact(expiryLabel),
            "tokens": .rows(tokens.map(\.values)),
            "hasTokens": .flag(!tokens.isEmpty),
            "newLabel": .fact(newLabel),
            "newPath": .exact(newPath),
            "limit": .text(limit),
            "signedInAs": .fact(signedInAs),
            "signOutAction": .exact(signOutAction),
            "csrf": .exact(csrf),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#heading}}{{heading}}{{/heading}}{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        {{#breadcrumb}}<p class="crumbs"><bdi>{{breadcrumb}}</bdi></p>{{/breadcrumb}}
        <h1><bdi>{{#heading}}{{heading}}{{/heading}}</bdi></h1>
        {{#lead}}<p class="lead"><bdi>{{lead}}</bdi></p>{{/lead}}
        {{#newPath}}
        <p class="actions"><a class="button primary wide" href="{{newPath}}"><bdi>{{#newLabel}}{{newLabel}}{{/newLabel}}</bdi></a></p>
        {{/newPath}}
        {{#limit}}
        <div class="notice warn">{{> iconAlert}}<p><bdi>{{limit}}</bdi></p></div>
        {{/limit}}
        {{#hasTokens}}
        <ul class="items">
          {{#tokens}}
          <li>
            <h2><bdi>{{#tokenName}}{{tokenName}}{{/tokenName}}</bdi>{{#isActive}} <span class="badge good">Active</span>{{/isActive}}{{#isExpired}} <span class="badge warn">Expired</span>{{/isExpired}}{{#isRevoked}} <span class="badge">Revoked</span>{{/isRevoked}}</h2>
            <dl class="facts">
              <div><dt>Token</dt><dd><bdi class="mono">{{#start}}{{start}}{{/start}}…</bdi></dd></div>
              {{#tokenScopes}}
              <div><dt>Scopes</dt><dd><bdi class="mono">{{tokenScopes}}</bdi></dd></div>
              {{/tokenScopes}}
              <div><dt>Created</dt><dd>{{#created}}{{created}}{{/created}}</dd></div>
              <div><dt><bdi>{{#expiryLabel}}{{expiryLabel}}{{/expiryLabel}}</bdi></dt><dd>{{#expires}}{{expires}}{{/expires}}</dd></div>
              <div><dt>Last used</dt><dd>{{#lastUsed}}{{lastUsed}}{{/lastUsed}}</dd></div>
            </dl>
            <p class="ways">{{#editPath}}<a class="link" href="{{editPath}}">Change<span class="unseen"> <bdi>{{#tokenName}}{{tokenName}}{{/tokenName}}</bdi></span></a>{{/editPath}}{{#revokePath}}<a class="link" href="{{revokePath}}">Revoke<span class="unseen"> <bdi>{{#tokenName}}{{tokenName}}{{/tokenName}}</bdi></span></a>{{/revokePath}}</p>
          </li>
          {{/tokens}}
        </ul>
        {{/hasTokens}}
        {{^hasTokens}}
        <p class="fine">There is no token yet.</p>
        {{/hasTokens}}
        {{/main}}
        {{$after}}{{> session}}{{/after}}
        {{/layout}}
        """#
}

extension PersonalTokensPage.Row {
    fileprivate var values: PageValues {
        [
            "tokenName": .fact(name),
            "start": .fact(start),
            "isActive": .flag(state == .active),
            "isExpired": .flag(state == .expired),
            "isRevoked": .flag(state == .revoked),
            "created": .fact(created),
            "expires": .fact(expires),
            "lastUsed": .fact(lastUsed),
            "tokenScopes": .text(scopes),
            "editPath": .exact(editPath),
            "revokePath": .exact(revokePath),
        ]
    }
}
