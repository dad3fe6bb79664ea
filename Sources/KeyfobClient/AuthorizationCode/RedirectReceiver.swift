/// What to tell the browser that called back.
public enum RedirectVerdict: Sendable, Hashable {
    /// The sign-in goes on in the terminal.
    case accepted
    /// The person said no.
    case denied
    /// The server refused; the text says why.
    case failed(String)
    /// The callback is not this sign-in's: say so, and go on waiting.
    case foreign
}

/// The place that the browser comes back to ([RFC 8252 section 7.3](https://www.rfc-editor.org/rfc/rfc8252#section-7.3)).
public protocol RedirectReceiver: Sendable {
    /// The address to send as `redirect_uri`, its port included.
    var redirectURI: String { get }

    /// Waits for a callback that is not ``RedirectVerdict/foreign``, and answers the browser.
    ///
    /// - Parameter judge: Gets the query of each callback.
    /// - Throws: `CancellationError` when the task is cancelled, or ``TransportError``.
    func receive(judge: @Sendable (String) -> RedirectVerdict) async throws

    /// Frees the port; doing so again changes nothing.
    func close() async
}
