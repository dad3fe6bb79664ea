import FoundationEssentials
import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// What the pages say.
extension PersonalTokenPages {
    private var words: PersonalTokenFacts.Words { facts.words }

    func listPage(_ tokens: [PersonalToken], _ visit: Visit, _ session: BrowserSession) -> Response {
        let now = site.server.now()
        let active = tokens.count { $0.state(at: now) == .active }
        let isFull = active >= facts.kind.maximumActive
        let page = PersonalTokensPage(
            title: words.title, breadcrumb: words.breadcrumb, lead: words.lead, expiryLabel: words.expiry,
            tokens: tokens.map { row($0, at: now) },
            newLabel: words.newToken, newPath: isFull ? nil : facts.newPath,
            limit: isFull ? "\(active) active tokens are all that you can have. Revoke one to make another." : nil,
            signedInAs: session.account.label, signOutAction: "/sign-out", csrf: visit.csrf
        )
        return site.page(.personalTokens(page), brand: brand)
    }

    private func row(_ token: PersonalToken, at now: Date) -> PersonalTokensPage.Row {
        let state = token.state(at: now)
        return PersonalTokensPage.Row(
            name: token.name, start: token.start, state: state, created: Day(of: token.createdAt).text,
            expires: Self.words(forExpiry: token.expiresAt), lastUsed: Self.words(forUse: token.lastUsedAt, at: now),
            scopes: facts.kind.offeredScopes.isEmpty ? nil : token.scopes.description,
            editPath: facts.canEdit && state != .revoked ? link(facts.editPath, to: token.id) : nil,
            revokePath: state == .active ? link(facts.revokePath, to: token.id) : nil
        )
    }

    func formPage(
        _ fields: FormFields, _ visit: Visit, _ session: BrowserSession, error: String? = nil
    ) -> Response {
        let chosen = fields.fields.filter { $0.name == "scope" }.map(\.value)
        let isFirst = error == nil
        let scopes = facts.kind.offeredScopes.names.map { name in
            NewPersonalTokenPage.Scope(
                name: name, words: scopeWords[name] ?? Site.standardWords[name],
                isChosen: isFirst ? facts.kind.standardScopes.contains(name) : chosen.contains(name)
            )
        }
        let page = NewPersonalTokenPage(
            action: facts.newPath, csrf: visit.csrf, title: words.newToken, breadcrumb: words.breadcrumb,
            nameLabel: words.name, name: fields[name: "name"] ?? "", scopes: scopes, life: lifeFields(fields),
            error: error, backPath: facts.path, signedInAs: session.account.label, signOutAction: "/sign-out"
        )
        return site.page(
            .newPersonalToken(page), brand: brand, status: isFirst ? .ok : .unprocessableContent
        )
    }

    private func lifeFields(_ fields: FormFields) -> LifeFields {
        let kind = facts.kind
        let chosen = fields[name: "life"] ?? kind.lives.first?.name
        return LifeFields(
            label: words.expiry,
            choices: kind.hasLifeList
                ? kind.lives.map { .init(name: $0.name, label: $0.label, isChosen: $0.name == chosen) } : [],
            hasDay: kind.hasDayField, day: fields[name: "expires_on"] ?? "",
            firstDay: Day(of: site.server.now()).text,
            canBeEmpty: kind.lives.contains(.never) && !kind.hasLifeList
        )
    }

    func secretPage(_ secret: String, _ token: PersonalToken) -> Response {
        let page = PersonalTokenSecretPage(
            title: words.created, name: token.name, label: words.secret, secret: secret,
            expires: token.expiresAt.map { "It expires on \(Day(of: $0.addingTimeInterval(-1)).text) (UTC)." },
            donePath: facts.path
        )
        return site.page(.personalTokenSecret(page), brand: brand)
    }

    func editPage(
        _ token: PersonalToken, _ visit: Visit, _ session: BrowserSession, error: String? = nil
    ) -> Response {
        let canRegenerate = facts.kind.canRegenerate && token.revokedAt == nil
        let page = EditPersonalTokenPage(
            csrf: visit.csrf, token: token.id, name: token.name, start: token.start, nameLabel: words.name,
            renameAction: facts.kind.canRename ? facts.renamePath : nil,
            regenerateAction: canRegenerate ? facts.regeneratePath : nil, life: lifeFields(FormFields()),
            error: error, backPath: facts.path, signedInAs: session.account.label, signOutAction: "/sign-out"
        )
        return site.page(
            .editPersonalToken(page), brand: brand, status: error == nil ? .ok : .unprocessableContent
        )
    }

    func revokePage(_ token: PersonalToken, _ visit: Visit) -> Response {
        let page = RevokePersonalTokenPage(
            action: facts.revokePath, csrf: visit.csrf, token: token.id, name: token.name, start: token.start,
            created: Day(of: token.createdAt).text,
            lastUsed: Self.words(forUse: token.lastUsedAt, at: site.server.now())
        )
        return site.page(.revokePersonalToken(page), brand: brand)
    }

    private static func words(forExpiry date: Date?) -> String {
        // A token that ends at midnight is good until the day before is over.
        date.map { Day(of: $0.addingTimeInterval(-1)).text } ?? "Never"
    }

    private static func words(forUse date: Date?, at now: Date) -> String {
        date.map { Elapsed(from: $0, to: now).words } ?? "Never"
    }
}
