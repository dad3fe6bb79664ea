/// Changes a token that is there: its name, or its secret.
///
/// The first form posts `csrf`, `token` and `name`; the second `csrf`, `token` and the fields of `LifeFields`.
package struct EditPersonalTokenPage: Sendable, Equatable {
    /// The token that proves the forms came from this server.
    package var csrf: String
    /// The identifier of the token.
    package var token: String
    /// What its owner calls it.
    package var name: String
    /// The secret's first characters.
    package var start: String
    /// What the field for the name is called.
    package var nameLabel: String
    /// The path that a new name is posted to; without it there is no such form.
    package var renameAction: String?
    /// The path that the wish for a new secret is posted to; without it there is no such form.
    package var regenerateAction: String?
    /// How long the token shall live with its new secret.
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
            "csrf": .exact(csrf),
            "token": .exact(token),
            "name": .fact(name),
            "start": .fact(start),
            "nameLabel": .fact(nameLabel),
            "renameAction": .exact(renameAction),
            "regenerateAction": .exact(regenerateAction),
            "error": .text(error),
            "backPath": .exact(backPath),
            "signedInAs": .fact(signedInAs),
            "signOutAction": .exact(signOutAction),
        ]
        return own.merging(life.values) { own, _ in own }
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#error}}Error: {{/error}}Change a token{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        <h1><bdi>{{#name}}{{name}}{{/name}}</bdi></h1>
        <p class="lead">The token that starts with <bdi class="mono">{{#start}}{{start}}{{/start}}</bdi></p>
        {{#error}}
        <div class="notice error" role="alert" id="error">{{> iconAlert}}<p><bdi>{{error}}</bdi></p></div>
        {{/error}}
        {{#renameAction}}
        <form method="post" action="{{renameAction}}" class="stack">
          <input type="hidden" name="csrf" value="{{csrf}}">
          <input type="hidden" name="token" value="{{token}}">
          <div class="field">
            <label for="name"><bdi>{{#nameLabel}}{{nameLabel}}{{/nameLabel}}</bdi></label>
            <input id="name" name="name" type="text" value="{{#name}}{{name}}{{/name}}" autocomplete="off" maxlength="100" required>
          </div>
          <button type="submit" class="button wide">Rename</button>
        </form>
        {{/renameAction}}
        {{#regenerateAction}}
        <form method="post" action="{{regenerateAction}}" class="stack">
          <input type="hidden" name="csrf" value="{{csrf}}">
          <input type="hidden" name="token" value="{{token}}">
          {{> lifeFields}}
          <button type="submit" class="button wide">Make a new secret</button>
        </form>
        <p class="fine">With a new secret, the old one stops working at once, wherever it is in use.</p>
        {{/regenerateAction}}
        <p class="fine"><a class="link" href="{{backPath}}">Back to the list</a></p>
        {{/main}}
        {{$after}}{{> session}}{{/after}}
        {{/layout}}
        """#
}
