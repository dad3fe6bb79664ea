/// One page that a person sees, with everything that it says.
///
/// A page is a value: the route decides what it says and which status it is sent with, `PageRenderer` makes HTML of it.
/// Every string in it may come from a stranger; the renderer escapes all of them.
package enum Page: Sendable, Equatable {
    case signIn(SignInPage)
    case enterCode(EnterCodePage)
    case confirmCode(ConfirmCodePage)
    case approve(ApprovePage)
    case done(DonePage)
    case problem(ProblemPage)
    case home(HomePage)
    case personalTokens(PersonalTokensPage)
    case newPersonalToken(NewPersonalTokenPage)
    case personalTokenSecret(PersonalTokenSecretPage)
    case editPersonalToken(EditPersonalTokenPage)
    case revokePersonalToken(RevokePersonalTokenPage)

    /// The template that shows this page.
    var template: PageTemplate {
        switch self {
        case .signIn: .signIn
        case .enterCode: .enterCode
        case .confirmCode: .confirmCode
        case .approve: .approve
        case .done: .done
        case .problem: .problem
        case .home: .home
        case .personalTokens: .personalTokens
        case .newPersonalToken: .newPersonalToken
        case .personalTokenSecret: .personalTokenSecret
        case .editPersonalToken: .editPersonalToken
        case .revokePersonalToken: .revokePersonalToken
        }
    }

    /// What the template is filled with.
    var values: PageValues {
        switch self {
        case .signIn(let page): page.values
        case .enterCode(let page): page.values
        case .confirmCode(let page): page.values
        case .approve(let page): page.values
        case .done(let page): page.values
        case .problem(let page): page.values
        case .home(let page): page.values
        case .personalTokens(let page): page.values
        case .newPersonalToken(let page): page.values
        case .personalTokenSecret(let page): page.values
        case .editPersonalToken(let page): page.values
        case .revokePersonalToken(let page): page.values
        }
    }
}
