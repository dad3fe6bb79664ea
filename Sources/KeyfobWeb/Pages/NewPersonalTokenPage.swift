/// Asks what a new token shall be.
///
/// The form posts `csrf`, `name`, one `scope` for each chosen one, and the fields of `LifeFields`.
package struct NewPersonalTokenPage: Sendable, Equatable {
    /// A scope that can be chosen.
    package struct Scope: Sendable, Equatable {
        /// The name.
        package var name: String
        /// What it allows, in words.
        package var words: String?
        /// Whether it is chosen beforehand.
        package var isChosen: Bool
    }

    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// The heading.
    package var title: String
    /// Where in the portal this is.
    package var breadcrumb: [String]
    /// What the field for the name is called.
    package var nameLabel: String
    /// The name that was typed before, refilled.
    package var name: String
    /// The scopes to choose from; without any there is no choice.
    package var scopes: [Scope]
    /// How long the token shall live.
    package var life: LifeFields
    /// What went wrong with the last attempt.
    package var error: String?
    /// The path of the list.
    package var backPath: String
    /// The account that is signed in here.
    package var signedInAs: String?
    /// The path that signing out posts to.
    package var signOutAction: String?

    var values: PageValues {
        let own: PageValues = [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "heading": .text(title),
            "breadcrumb": .text(breadcrumb.joined(separator: " › ")),
            "nameLabel": .fact(nameLabel),
            "name": .fact(name),
            "hasScopes": .flag(!scopes.isEmpty),
            "scopes": .rows(
                scopes.enumerated().map { index, scope in
                    [
                        "scopeID": .exact("scope-\(index)"), "scopeField": .exact(scope.name),
                        "scopeName": .fact(scope.name), "scopeWords": .text(scope.words),
                        "scopeChosen": .flag(scope.isChosen),
                    ]
                }
            ),
            "error": .text(error),
            "backPath": .exact(backPath),
            "signedInAs": .fact(signedInAs),
            "signOutAction": .exact(signOutAction),
        ]
        return own.merging(life.values) { own, _ in own }
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#error}}Error: {{/error}}{{#heading}}{{heading}}{{/heading}}{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        {{#breadcrumb}}<p class="crumbs"><bdi>{{breadcrumb}}</bdi></p>{{/breadcrumb}}
        <h1><bdi>{{#heading}}{{heading}}{{/heading}}</bdi></h1>
        <form method="post" action="{{action}}" class="stack">
          <input type="hidden" name="csrf" value="{{csrf}}">
          {{#error}}
          <div class="notice error" role="alert" id="error">{{> iconAlert}}<p><bdi>{{error}}</bdi></p></div>
          {{/error}}
          <div class="field">
            <label for="name"><bdi>{{#nameLabel}}{{nameLabel}}{{/nameLabel}}</bdi></label>
            <input id="name" name="name" type="text" value="{{#name}}{{name}}{{/name}}" autocomplete="off" maxlength="100" required{{#error}} aria-describedby="error"{{/error}} autofocus>
          </div>
          {{#hasScopes}}
          <fieldset>
            <legend>It may</legend>
            {{#scopes}}
            <div class="choice"><input id="{{scopeID}}" name="scope" type="checkbox" value="{{scopeField}}"{{#scopeChosen}} checked{{/scopeChosen}}><label for="{{scopeID}}">{{#scopeWords}}<bdi>{{scopeWords}}</bdi> {{/scopeWords}}<bdi class="scope">{{#scopeName}}{{scopeName}}{{/scopeName}}</bdi></label></div>
            {{/scopes}}
          </fieldset>
          {{/hasScopes}}
          {{> lifeFields}}
          <button type="submit" class="button primary wide">Create</button>
        </form>
        <p class="fine">The token is shown once, right after this. <a class="link" href="{{backPath}}">Back to the list</a></p>
        {{/main}}
        {{$after}}{{> session}}{{/after}}
        {{/layout}}
        """#
}
