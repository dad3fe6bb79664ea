public import KeyfobCredentials

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension CredentialFile {
    /// Finds a fresh access token by reading one file once, for a command that must answer at once.
    ///
    /// Whatever is not simply right is nil, and the caller goes the full way, which repairs, refreshes and explains: no
    /// file, another owner, a loose mode, a text that can't be understood, no entry, a token at its end,
    /// a token that is kept apart.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - format: The file's language; JSON by default.
    ///   - layout: Where in the file what is.
    ///   - key: The key; nil takes the one that the file names as current, that of a file with one credential, or the
    ///     profile that the top level is.
    ///   - now: The time that decides whether the token is fresh.
    ///   - margin: How many seconds the token must live longer than `now`; 60 by default.
    /// - Returns: The token, or nil.
    public static func quickAccessToken(
        path: String,
        format: any DocumentFormat = .json,
        layout: CredentialLayout,
        key: String? = nil,
        now: Date,
        margin: TimeInterval = 60
    ) -> Secret? {
        guard let file = try? OpenFile.reading(path), let status = try? file.status() else { return nil }
        guard status.isRegular, status.isMine, status.permissions & 0o077 == 0 else { return nil }
        guard let bytes = try? file.contents(upTo: DocumentLimits.size) else { return nil }
        guard let document = try? format.parse(bytes) else { return nil }
        guard let key = key ?? layout.impliedKey(in: document) else { return nil }
        guard (try? layout.isApart(key, in: document)) == false else { return nil }
        guard let credential = try? layout.credential(for: key, in: document) else { return nil }
        return credential.isFresh(at: now, margin: margin) ? credential.accessToken : nil
    }
}

extension CredentialLayout {
    fileprivate func impliedKey(in document: DocumentTable) -> String? {
        if case .one(let name, _) = container { return name }
        if let named = current.flatMap({ document[$0.slice]?.text }) { return named }
        guard case .profiles(let profiles) = container else { return nil }
        return profiles.rootKey
    }
}
