/// Asks for the code that a terminal shows.
///
/// The form posts `csrf` and `user_code`, as typed. Signing out posts `csrf` to its own action.
package struct EnterCodePage: Sendable, Equatable {
    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// The code that was typed before, refilled.
    package var code: String
    /// The shape of a code, shown where it will be typed.
    package var codeHint: String
    /// What went wrong with the last attempt.
    package var error: String?
    /// The account that is signed in here.
    package var signedInAs: String?
    /// The path that signing out posts to; without it there is no such button.
    package var signOutAction: String?

    /// Creates the page; optional parts are left out of it when absent.
    package init(
        action: String,
        csrf: String,
        code: String = "",
        codeHint: String = "ABCD-EFGH",
        error: String? = nil,
        signedInAs: String? = nil,
        signOutAction: String? = nil
    ) {
        self.action = action
        self.csrf = csrf
        self.code = code
        self.codeHint = codeHint
        self.error = error
        self.signedInAs = signedInAs
        self.signOutAction = signOutAction
    }

    var values: PageValues {
        [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "code": .fact(code),
            "codeHint": .fact(codeHint),
            "error": .text(error),
            "signedInAs": .fact(signedInAs),
            "signOutAction": .exact(signOutAction),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}{{#error}}Error: {{/error}}Enter your code{{/title}}
        {{$main}}
        <h1>Enter your code</h1>
        <p class="lead" id="hint">Type the code that your terminal shows.</p>
        <form method="post" action="{{action}}" class="stack">
          <input type="hidden" name="csrf" value="{{csrf}}">
          {{#error}}
          <div class="notice error" role="alert" id="error">{{> iconAlert}}<p><bdi>{{error}}</bdi></p></div>
          {{/error}}
          <div class="field">
            <label for="user_code">Code</label>
            <input id="user_code" name="user_code" type="text" class="code-input" value="{{#code}}{{code}}{{/code}}"{{#codeHint}} placeholder="{{codeHint}}"{{/codeHint}} autocomplete="one-time-code" autocapitalize="characters" autocorrect="off" spellcheck="false" maxlength="64" required aria-describedby="hint{{#error}} error{{/error}}"{{#error}} aria-invalid="true"{{/error}} autofocus>
          </div>
          <button type="submit" class="button primary wide">Continue</button>
        </form>
        <p class="fine">Only enter a code that you asked for yourself. Nobody from <bdi>{{brandName}}</bdi> will ever send you one.</p>
        {{/main}}
        {{$after}}{{> session}}{{/after}}
        {{/layout}}
        """#
}
