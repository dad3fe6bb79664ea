/// The templates that are embedded in the binary, each under the name that others include it by.
enum PageTemplate: String, CaseIterable {
    case layout
    case session
    case iconAlert, iconCheck, iconCross, iconShield, iconTerminal
    case signIn, enterCode, confirmCode, approve, done, problem, home
    case lifeFields
    case personalTokens, newPersonalToken, personalTokenSecret, editPersonalToken, revokePersonalToken

    /// The template's Mustache text.
    var source: String {
        switch self {
        case .layout: LayoutTemplate.source
        case .session: LayoutTemplate.session
        case .iconAlert: IconTemplate.alert
        case .iconCheck: IconTemplate.check
        case .iconCross: IconTemplate.cross
        case .iconShield: IconTemplate.shield
        case .iconTerminal: IconTemplate.terminal
        case .signIn: SignInPage.template
        case .enterCode: EnterCodePage.template
        case .confirmCode: ConfirmCodePage.template
        case .approve: ApprovePage.template
        case .done: DonePage.template
        case .problem: ProblemPage.template
        case .home: HomePage.template
        case .lifeFields: LifeFields.template
        case .personalTokens: PersonalTokensPage.template
        case .newPersonalToken: NewPersonalTokenPage.template
        case .personalTokenSecret: PersonalTokenSecretPage.template
        case .editPersonalToken: EditPersonalTokenPage.template
        case .revokePersonalToken: RevokePersonalTokenPage.template
        }
    }
}
