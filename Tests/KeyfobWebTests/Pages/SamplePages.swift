import KeyfobWeb

/// Every page in every state that its template tells apart, with one text in all its fields.
enum SamplePages {
    static func all(saying text: String) -> [Page] {
        [
            .signIn(SignInPage(action: text, csrf: text)),
            .signIn(
                SignInPage(action: text, csrf: text, returnTo: text, username: text, purpose: text, error: text)
            ),
            .enterCode(EnterCodePage(action: text, csrf: text)),
            .enterCode(
                EnterCodePage(
                    action: text,
                    csrf: text,
                    code: text,
                    codeHint: text,
                    error: text,
                    signedInAs: text,
                    signOutAction: text
                )
            ),
            .confirmCode(
                ConfirmCodePage(action: text, csrf: text, code: text, signedInAs: text, signOutAction: text)
            ),
            approve(saying: text, verified: true),
            approve(saying: text, verified: false),
            .problem(
                ProblemPage(
                    title: text,
                    happened: text,
                    nextStep: text,
                    reference: text,
                    link: PageLink(label: text, path: text)
                )
            ),
            home(.signedIn(name: text, email: text), saying: text),
            .home(
                HomePage(
                    visitor: .signedIn(name: text, email: nil), enterCodePath: text, signInPath: text,
                    signOutAction: text, csrf: text, links: [PageLink(label: text, path: text)]
                )
            ),
            home(.signedOut, saying: text),
        ]
            + personalTokens(saying: text)
            + DonePage.Outcome.allCases.map {
                .done(DonePage(outcome: $0, clientName: text, signInPath: text))
            }
    }

    static func approve(saying text: String, verified: Bool) -> Page {
        .approve(
            ApprovePage(
                action: text,
                csrf: text,
                hiddenFields: [ApprovePage.HiddenField(name: text, value: text)],
                clientName: text,
                clientVerified: verified,
                account: ApprovePage.Account(name: text, email: text),
                organization: text,
                code: text,
                requester: ApprovePage.Requester(
                    address: text,
                    hostName: text,
                    system: text,
                    started: text,
                    addressDiffers: !verified,
                    browserAddress: text
                ),
                scopes: [ApprovePage.Scope(name: text, words: text), ApprovePage.Scope(name: text)],
                redirectHost: text,
                expiry: text
            )
        )
    }

    private static func home(_ visitor: HomePage.Visitor, saying text: String) -> Page {
        .home(HomePage(visitor: visitor, enterCodePath: text, signInPath: text, signOutAction: text, csrf: text))
    }
}
