/// Shows a code that came in a link, to be compared with the one in the terminal (RFC 8628, section 3.3.1).
///
/// The form posts `csrf`, `user_code` and `decision`, which is `continue` or `cancel`.
package struct ConfirmCodePage: Sendable, Equatable {
    /// The path that the form posts to.
    package var action: String
    /// The token that proves the form came from this server.
    package var csrf: String
    /// The code of the link, as the terminal shows it.
    package var code: String
    /// The account that is signed in here.
    package var signedInAs: String?
    /// The path that signing out posts to; without it there is no such button.
    package var signOutAction: String?

    /// Creates the page; optional parts are left out of it when absent.
    package init(
        action: String,
        csrf: String,
        code: String,
        signedInAs: String? = nil,
        signOutAction: String? = nil
    ) {
        self.action = action
        self.csrf = csrf
        self.code = code
        self.signedInAs = signedInAs
        self.signOutAction = signOutAction
    }

    var values: PageValues {
        [
            "action": .exact(action),
            "csrf": .exact(csrf),
            "code": .fact(code),
            "codeField": .exact(code),
            "signedInAs": .fact(signedInAs),
            "signOutAction": .exact(signOutAction),
        ]
    }

    static let template = #"""
        {{<layout}}
        {{$title}}Confirm your code{{/title}}
        {{$main}}
        <h1>Does your terminal show this code?</h1>
        <p class="code-shown"><bdi>{{#code}}{{code}}{{/code}}</bdi></p>
        <form method="post" action="{{action}}" class="choices">
          <input type="hidden" name="csrf" value="{{csrf}}">
          <input type="hidden" name="user_code" value="{{codeField}}">
          <button type="submit" name="decision" value="cancel" class="button">No, cancel</button>
          <button type="submit" name="decision" value="continue" class="button primary">Continue</button>
        </form>
        <p class="fine">If somebody sent you this link, or you did not just start a sign-in yourself, choose “No, cancel”.</p>
        {{/main}}
        {{$after}}{{> session}}{{/after}}
        {{/layout}}
        """#
}
