/// Says that nothing more is to be done here.
package struct DonePage: Sendable, Equatable {
    /// What has just happened.
    package enum Outcome: Sendable, Equatable, CaseIterable {
        /// The request was approved.
        case approved
        /// The request was denied.
        case denied
        /// This browser was signed out.
        case signedOut
        /// The request had been answered before.
        case alreadyUsed
    }

    /// What has just happened.
    package var outcome: Outcome
    /// The client whose request it was.
    package var clientName: String?
    /// The path to sign in again, offered after signing out.
    package var signInPath: String?

    /// Creates the page; optional parts are left out of it when absent.
    package init(outcome: Outcome, clientName: String? = nil, signInPath: String? = nil) {
        self.outcome = outcome
        self.clientName = clientName
        self.signInPath = signInPath
    }

    var values: PageValues {
        [
            "approved": .flag(outcome == .approved),
            "denied": .flag(outcome == .denied),
            "signedOut": .flag(outcome == .signedOut),
            "alreadyUsed": .flag(outcome == .alreadyUsed),
            "clientName": .fact(clientName),
            "signInPath": .exact(outcome == .signedOut ? signInPath : nil),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#approved}}You’re signed in{{/approved}}{{#denied}}Request denied{{/denied}}{{#signedOut}}Signed out{{/signedOut}}{{#alreadyUsed}}Already answered{{/alreadyUsed}}{{/title}}
        {{$size}} centered{{/size}}
        {{$main}}
        {{#approved}}
        <div class="emblem good">{{> iconCheck}}</div>
        <div role="status">
          <h1>You’re signed in</h1>
          <p class="lead">{{#clientName}}<bdi>{{clientName}}</bdi> has access now. {{/clientName}}You can close this window and go back to your terminal.</p>
        </div>
        {{/approved}}
        {{#denied}}
        <div class="emblem bad">{{> iconCross}}</div>
        <div role="status">
          <h1>Request denied</h1>
          <p class="lead">{{#clientName}}<bdi>{{clientName}}</bdi>{{/clientName}}{{^clientName}}The client{{/clientName}} was given no access. You can close this window and go back to your terminal.</p>
        </div>
        {{/denied}}
        {{#signedOut}}
        <div class="emblem">{{> iconCheck}}</div>
        <div role="status">
          <h1>You’re signed out</h1>
          <p class="lead">This browser is signed out of <bdi>{{brandName}}</bdi>. You can close this window.</p>
        </div>
        {{/signedOut}}
        {{#alreadyUsed}}
        <div class="emblem">{{> iconCheck}}</div>
        <div role="status">
          <h1>Already answered</h1>
          <p class="lead">This request{{#clientName}} by <bdi>{{clientName}}</bdi>{{/clientName}} was answered before; nothing has changed now. If your terminal is still waiting, start the sign-in there again.</p>
        </div>
        {{/alreadyUsed}}
        {{#signInPath}}
        <p class="actions"><a class="button wide" href="{{signInPath}}">Sign in again</a></p>
        {{/signInPath}}
        {{/main}}
        {{/layout}}
        """#
}
