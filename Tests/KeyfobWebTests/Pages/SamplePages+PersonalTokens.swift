import KeyfobServer

@testable import KeyfobWeb

extension SamplePages {
    /// The pages for personal tokens.
    static func personalTokens(saying text: String) -> [Page] {
        [
            .personalTokens(list(saying: text, tokens: [])),
            .personalTokens(
                list(
                    saying: text,
                    tokens: [
                        row(saying: text, .active, path: text), row(saying: text, .expired, path: text),
                        row(saying: text, .revoked, path: nil),
                    ]
                )
            ),
            .newPersonalToken(form(saying: text, error: nil, hasDay: false)),
            .newPersonalToken(form(saying: text, error: text, hasDay: true)),
            .personalTokenSecret(
                PersonalTokenSecretPage(
                    title: text, name: text, label: text, secret: text, expires: text, donePath: text
                )
            ),
            .editPersonalToken(
                EditPersonalTokenPage(
                    csrf: text, token: text, name: text, start: text, nameLabel: text, renameAction: text,
                    regenerateAction: text, life: life(saying: text, hasDay: true), error: text, backPath: text,
                    signedInAs: text, signOutAction: text
                )
            ),
            .revokePersonalToken(
                RevokePersonalTokenPage(
                    action: text, csrf: text, token: text, name: text, start: text, created: text, lastUsed: text
                )
            ),
        ]
    }

    private static func list(saying text: String, tokens: [PersonalTokensPage.Row]) -> PersonalTokensPage {
        PersonalTokensPage(
            title: text, breadcrumb: [text, text], lead: text, expiryLabel: text, tokens: tokens, newLabel: text,
            newPath: text, limit: text, signedInAs: text, signOutAction: text, csrf: text
        )
    }

    private static func row(
        saying text: String, _ state: PersonalToken.State, path: String?
    ) -> PersonalTokensPage.Row {
        PersonalTokensPage.Row(
            name: text, start: text, state: state, created: text, expires: text, lastUsed: text, scopes: text,
            editPath: path, revokePath: path
        )
    }

    private static func form(saying text: String, error: String?, hasDay: Bool) -> NewPersonalTokenPage {
        NewPersonalTokenPage(
            action: text, csrf: text, title: text, breadcrumb: [text], nameLabel: text, name: text,
            scopes: [
                NewPersonalTokenPage.Scope(name: text, words: text, isChosen: true),
                NewPersonalTokenPage.Scope(name: text, words: nil, isChosen: false),
            ],
            life: life(saying: text, hasDay: hasDay), error: error, backPath: text, signedInAs: text,
            signOutAction: text
        )
    }

    private static func life(saying text: String, hasDay: Bool) -> LifeFields {
        LifeFields(
            label: text,
            choices: [
                LifeFields.Choice(name: text, label: text, isChosen: true),
                LifeFields.Choice(name: text, label: text, isChosen: false),
            ],
            hasDay: hasDay, day: text, firstDay: text, canBeEmpty: true
        )
    }
}
