import KeyfobProtocol

extension TokenReply {
    /// The same tokens some seconds later: of the access token's life, less is left.
    func aged(by seconds: Int) -> TokenReply {
        var late = self
        late.expiresIn = expiresIn.map { max(0, $0 - seconds) }
        return late
    }
}
