/// Asks for a user name and password.
///
/// The form posts `csrf`, `return_to` (when given), `username` and `password`.
package struct SignInPage: Sendable, Equatable {
    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// The checked path to go on to after the sign-in, carried in a hidden field.
    package var returnTo: String?
    /// The user name that was typed before, refilled.
    package var username: String
    /// What the sign-in is for, as in "to continue to Example CLI".
    package var purpose: String?
    /// What went wrong with the last attempt.
    package var error: String?

    /// Creates the page; optional parts are left out of it when absent.
    package init(
        action: String,
        csrf: String,
        returnTo: String? = nil,
        username: String = "",
        purpose: String? = nil,
        error: String? = nil
    ) {
        self.action = action
        self.csrf = csrf
        self.returnTo = returnTo
        self.username = username
        self.purpose = purpose
        self.error = error
    }

    var values: PageValues {
        [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "returnTo": .exact(returnTo),
            "username": .text(username),
            "purpose": .text(purpose),
            "error": .text(error),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#error}}Error: {{/error}}Sign in{{/title}}
        {{$main}}
        <h1>Sign in</h1>
        <p class="lead">{{#purpose}}<bdi>{{purpose}}</bdi>{{/purpose}}{{^purpose}}to <bdi>{{brandName}}</bdi>{{/purpose}}</p>
        <form method="post" action="{{action}}" class="stack">
          <input type="hidden" name="csrf" value="{{csrf}}">
          {{#returnTo}}
          <input type="hidden" name="return_to" value="{{returnTo}}">
          {{/returnTo}}
          {{#error}}
          <div class="notice error" role="alert" id="error">{{> iconAlert}}<p><bdi>{{error}}</bdi></p></div>
          {{/error}}
          <div class="field">
            <label for="username">Username</label>
            <input id="username" name="username" type="text" value="{{#username}}{{username}}{{/username}}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="254" required{{#error}} aria-invalid="true" aria-describedby="error"{{/error}}{{^username}} autofocus{{/username}}>
          </div>
          <div class="field">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required{{#error}} aria-invalid="true" aria-describedby="error"{{/error}}{{#username}} autofocus{{/username}}>
          </div>
          <button type="submit" class="button primary wide">Sign in</button>
        </form>
        {{/main}}
        {{/layout}}
        """#
}
