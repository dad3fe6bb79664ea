/// Asks whether a token shall really end.
///
/// The form posts `csrf`, `token` and `decision`, which is `keep` or `revoke`; a hurried Enter keeps the token.
package struct RevokePersonalTokenPage: Sendable, Equatable {
    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// The identifier of the token.
    package var token: String
    /// What its owner calls it.
    package var name: String
    /// The secret's first characters.
    package var start: String
    /// The day on which it was made.
    package var created: String
    /// When it was used last, in words.
    package var lastUsed: String

    var values: PageValues {
        [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "token": .exact(token),
            "name": .fact(name),
            "start": .fact(start),
            "created": .fact(created),
            "lastUsed": .fact(lastUsed),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}Revoke a token{{/title}}
        {{$size}} roomy{{/size}}
        {{$main}}
        <h1>Revoke <bdi>{{#name}}{{name}}{{/name}}</bdi>?</h1>
        <p class="lead">It stops working at once, wherever it is in use, and cannot be brought back.</p>
        <dl class="facts">
          <div><dt>Token</dt><dd><bdi class="mono">{{#start}}{{start}}{{/start}}…</bdi></dd></div>
          <div><dt>Created</dt><dd>{{#created}}{{created}}{{/created}}</dd></div>
          <div><dt>Last used</dt><dd>{{#lastUsed}}{{lastUsed}}{{/lastUsed}}</dd></div>
        </dl>
        <form method="post" action="{{action}}" class="choices">
          <input type="hidden" name="csrf" value="{{csrf}}">
          <input type="hidden" name="token" value="{{token}}">
          <button type="submit" name="decision" value="keep" class="button">Keep it</button>
          <button type="submit" name="decision" value="revoke" class="button danger">Revoke</button>
        </form>
        {{/main}}
        {{/layout}}
        """#
}
