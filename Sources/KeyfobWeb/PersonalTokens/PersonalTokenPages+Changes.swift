import HTTPTypes
import Hummingbird
import KeyfobProtocol
import KeyfobServer

/// What can be done to a token that is there.
extension PersonalTokenPages {
    @Sendable func showEdit(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let token = try await token(try request.queryFields(), session)
        return visit.remember(in: editPage(token, visit, session))
    }

    @Sendable func rename(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath(facts.path, site).signIn) }
        try visit.check(fields)
        let token = try await token(fields, session)
        do {
            try await site.server.renamePersonalToken(
                token.id, to: fields[name: "name"] ?? "", kind: facts.kind, of: session.account,
                from: context.requester(request)
            )
        } catch let error as ServerError where error.isAboutInput {
            return editPage(token, visit, session, error: error.description.capitalizedSentence)
        }
        return .seeOther(facts.path)
    }

    @Sendable func regenerate(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath(facts.path, site).signIn) }
        try visit.check(fields)
        let token = try await token(fields, session)
        do {
            let life = try LifeChoice(fields, facts.kind, at: site.server.now())
            let made = try await site.server.regeneratePersonalToken(
                token.id, expiresAt: life.expiresAt, kind: facts.kind, of: session.account,
                from: context.requester(request)
            )
            return try await handOver(made.secret, of: made.token, visit)
        } catch let error as ServerError where error.isAboutInput {
            return editPage(token, visit, session, error: error.description.capitalizedSentence)
        }
    }

    @Sendable func confirmRevocation(_ request: Request, _: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        guard let session = try await visit.session() else { return signIn(request) }
        let token = try await token(try request.queryFields(), session)
        guard token.revokedAt == nil else { return .seeOther(facts.path) }
        return visit.remember(in: revokePage(token, visit))
    }

    @Sendable func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let visit = Visit(request, site)
        let fields = try await request.form()
        guard let session = try await visit.session() else { return .seeOther(ReturnPath(facts.path, site).signIn) }
        try visit.check(fields)
        guard fields[name: "decision"] == "revoke" else { return .seeOther(facts.path) }
        try await site.server.revokePersonalToken(
            try fields.required("token"), client: facts.kind.clientID, of: session.account,
            from: context.requester(request)
        )
        return .seeOther(facts.path)
    }
}
