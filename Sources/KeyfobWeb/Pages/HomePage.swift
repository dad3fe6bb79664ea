/// The page at the server's root.
package struct HomePage: Sendable, Equatable {
    /// Who is at the browser.
    package enum Visitor: Sendable, Equatable {
        /// Somebody who is signed in, under this name and perhaps e-mail address.
        case signedIn(name: String, email: String?)
        /// Nobody yet.
        case signedOut
    }

    /// Who is at the browser.
    package var visitor: Visitor
    /// The path of the page that asks for a code; `nil` where no terminal shows one.
    package var enterCodePath: String?
    /// The path of the sign-in page.
    package var signInPath: String
    /// The path that signing out posts `csrf` to.
    package var signOutAction: String
    /// The token that proves the form came from this server; not used when signed out.
    package var csrf: String
    /// The other pages that there are for who is signed in.
    package var links: [PageLink]

    /// Creates the page.
    package init(
        visitor: Visitor,
        enterCodePath: String?,
        signInPath: String,
        signOutAction: String,
        csrf: String = "",
        links: [PageLink] = []
    ) {
        self.visitor = visitor
        self.enterCodePath = enterCodePath
        self.signInPath = signInPath
        self.signOutAction = signOutAction
        self.csrf = csrf
        self.links = links
    }

    var values: PageValues {
        var values: PageValues = [
            "signedIn": .flag(false),
            "asksForCodes": .flag(enterCodePath != nil),
            "enterCodePath": .exact(enterCodePath ?? ""),
            "signInPath": .exact(signInPath),
            "signOutAction": .exact(signOutAction),
            "csrf": .exact(csrf),
            "links": .rows(links.map { ["linkLabel": .fact($0.label), "linkPath": .exact($0.path)] }),
        ]
        if case .signedIn(let name, let email) = visitor {
            values["signedIn"] = .flag(true)
            values["name"] = .fact(name)
            values["email"] = .fact(email)
        }
        return values
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#signedIn}}Your account{{/signedIn}}{{^signedIn}}Welcome{{/signedIn}}{{/title}}
        {{$main}}
        {{#signedIn}}
        <h1>You’re signed in</h1>
        <p class="lead">as <strong><bdi>{{#name}}{{name}}{{/name}}</bdi></strong>{{#email}} <bdi>{{email}}</bdi>{{/email}}</p>
        <div class="stack">
          {{#asksForCodes}}
          <a class="button primary wide" href="{{enterCodePath}}">{{> iconTerminal}}Enter a code</a>
          {{/asksForCodes}}
          {{#links}}
          <a class="button wide" href="{{linkPath}}"><bdi>{{#linkLabel}}{{linkLabel}}{{/linkLabel}}</bdi></a>
          {{/links}}
          <form method="post" action="{{signOutAction}}">
            <input type="hidden" name="csrf" value="{{csrf}}">
            <button type="submit" class="button wide">Sign out</button>
          </form>
        </div>
        {{#asksForCodes}}
        <p class="fine">Is a terminal waiting for you? Enter the code that it shows.</p>
        {{/asksForCodes}}
        {{/signedIn}}
        {{^signedIn}}
        <h1>Welcome to <bdi>{{brandName}}</bdi></h1>
        <p class="lead">Sign in to connect your terminal to your account.</p>
        <div class="stack">
          <a class="button primary wide" href="{{signInPath}}">Sign in</a>
        </div>
        {{/signedIn}}
        {{/main}}
        {{/layout}}
        """#
}
