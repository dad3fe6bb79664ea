/// Shows a new token's secret, this once.
package struct PersonalTokenSecretPage: Sendable, Equatable {
    /// The heading.
    package var title: String
    /// What its owner calls the token.
    package var name: String
    /// What the secret is called.
    package var label: String
    /// The secret.
    package var secret: String
    /// Until when it lives, in a sentence.
    package var expires: String?
    /// The path of the list.
    package var donePath: String

    var values: PageValues {
        [
            "heading": .text(title),
            "name": .fact(name),
            "secretLabel": .fact(label),
            "secret": .exact(secret),
            "expires": .text(expires),
            "donePath": .exact(donePath),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#heading}}{{heading}}{{/heading}}{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        <div role="status">
          <h1><bdi>{{#heading}}{{heading}}{{/heading}}</bdi></h1>
          <p class="lead"><bdi>{{#name}}{{name}}{{/name}}</bdi> is ready. Copy it now: it is not shown again.{{#expires}} <bdi>{{expires}}</bdi>{{/expires}}</p>
        </div>
        <div class="stack">
          <div class="field">
            <label for="secret"><bdi>{{#secretLabel}}{{secretLabel}}{{/secretLabel}}</bdi></label>
            <input id="secret" type="text" class="mono" value="{{secret}}" readonly autocomplete="off" spellcheck="false" autofocus>
          </div>
          <a class="button wide" href="{{donePath}}">I have copied it</a>
        </div>
        <p class="fine">Treat it like a password. Whoever has it can do what it allows, until it expires or you revoke it.</p>
        {{/main}}
        {{/layout}}
        """#
}
