import KeyfobServer

extension AccessGrant {
    /// The session that a token belongs to; empty for a token that has none.
    var sessionID: String {
        if case .session(let id) = source { id } else { "" }
    }
}
