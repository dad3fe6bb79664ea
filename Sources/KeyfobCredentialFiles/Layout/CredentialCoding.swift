import KeyfobCredentials

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A member of a file whose value makes no sense there.
struct MalformedMember: Error, Equatable {
    var name: String
    var expected: String
}

extension CredentialLayout {
    /// Reads a credential from the object that holds it; nil when there is no access token in it.
    func credential(in object: JSONObject) throws(MalformedMember) -> Credential? {
        guard let accessToken = try secret(names.accessToken, in: object) else { return nil }
        // A token or an expiry that makes no sense is an error; what only describes the credential is then unknown.
        return Credential(
            accessToken: accessToken,
            tokenType: text(names.tokenType, in: object) ?? "Bearer",
            refreshToken: try secret(names.refreshToken, in: object),
            idToken: try secret(names.idToken, in: object),
            expiresAt: try expiry(in: object),
            scopes: scopes(in: object),
            clientID: text(names.clientID, in: object),
            account: text(names.account, in: object),
            origin: text(names.origin, in: object).flatMap(Credential.Origin.init(rawValue:)) ?? .pasted,
            createdAt: value(names.createdAt, in: object)?.double.map(time)
        )
    }

    /// Puts a credential into the object that holds it, replacing each member of the layout and keeping all others.
    func put(_ credential: Credential, into object: inout JSONObject) {
        set(names.accessToken, .string(credential.accessToken.reveal()), in: &object)
        set(names.tokenType, credential.tokenType == "Bearer" ? nil : .string(credential.tokenType), in: &object)
        set(names.refreshToken, credential.refreshToken.map { .string($0.reveal()) }, in: &object)
        set(names.idToken, credential.idToken.map { .string($0.reveal()) }, in: &object)
        set(names.expiresAt, credential.expiresAt.flatMap(number), in: &object)
        set(names.scope, scopeValue(credential.scopes), in: &object)
        set(names.clientID, credential.clientID.map { .string($0) }, in: &object)
        set(names.account, credential.account.map { .string($0) }, in: &object)
        set(names.origin, .string(credential.origin.rawValue), in: &object)
        set(names.createdAt, credential.createdAt.flatMap(number), in: &object)
    }

    /// Removes the members of the layout from the object that holds a credential.
    func removeMembers(from object: inout JSONObject) {
        let all = [
            names.accessToken, names.tokenType, names.refreshToken, names.idToken, names.expiresAt, names.scope,
            names.clientID, names.account, names.origin, names.createdAt,
        ]
        for name in all { set(name, nil, in: &object) }
    }

    private func value(_ name: String?, in object: JSONObject) -> JSONValue? {
        guard let name, let value = object[name], value != .null else { return nil }
        return value
    }

    private func text(_ name: String?, in object: JSONObject) -> String? {
        value(name, in: object)?.text
    }

    private func secret(_ name: String?, in object: JSONObject) throws(MalformedMember) -> Secret? {
        guard let name, let value = value(name, in: object) else { return nil }
        guard let text = value.text else { throw MalformedMember(name: name, expected: "a string") }
        // Programs write an empty string for a token that they took away.
        return text.isEmpty ? nil : Secret(text)
    }

    private func expiry(in object: JSONObject) throws(MalformedMember) -> Date? {
        guard let name = names.expiresAt, let value = value(name, in: object) else { return nil }
        guard let number = value.double else { throw MalformedMember(name: name, expected: "a number") }
        return time(number)
    }

    private func scopes(in object: JSONObject) -> [String] {
        guard let value = value(names.scope, in: object) else { return [] }
        // Both forms are understood, whichever one the file is written in.
        return value.elements?.compactMap(\.text) ?? value.text?.split(separator: " ").map(String.init) ?? []
    }

    private func scopeValue(_ scopes: [String]) -> JSONValue? {
        guard !scopes.isEmpty else { return nil }
        return switch scopeForm {
        case .spaceSeparated: .string(scopes.joined(separator: " "))
        case .array: .array(scopes.map { .string($0) })
        }
    }

    private func set(_ name: String?, _ value: JSONValue?, in object: inout JSONObject) {
        guard let name else { return }
        object[name] = value
    }

    private var unitsPerSecond: Double {
        switch timeUnit {
        case .seconds: 1
        case .milliseconds: 1000
        }
    }

    private func time(_ number: Double) -> Date {
        Date(timeIntervalSince1970: number / unitsPerSecond)
    }

    // Whole units, rounded; nil for a time so far away that it is none.
    private func number(_ time: Date) -> JSONValue? {
        Int64(exactly: (time.timeIntervalSince1970 * unitsPerSecond).rounded()).map(JSONValue.number)
    }
}
