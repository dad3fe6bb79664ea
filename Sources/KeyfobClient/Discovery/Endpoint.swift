/// An address of a server's metadata, checked before a secret is sent there.
public enum Endpoint {
    /// Reads an endpoint.
    ///
    /// - Parameters:
    ///   - text: The address, if the server has it.
    ///   - what: What it is for, in words for people.
    /// - Returns: The address.
    /// - Throws: ``ClientError`` with ``ClientError/Code/unsupported`` where the server lacks it,
    ///   ``ClientError/Code/invalidAddress``, or ``ClientError/Code/insecureAddress``.
    public static func address(_ text: String?, for what: String) throws(ClientError) -> WebAddress {
        guard let text else {
            throw ClientError(.unsupported, "the server offers no \(what)")
        }
        let shown = HTTPReply.printable(text)
        guard let address = WebAddress(text) else {
            throw ClientError(
                .invalidAddress, "the server's address for \(what) is not one: \(shown)",
                hint: "this is a fault of the server; tell its operator")
        }
        guard address.isConfidential else {
            throw ClientError(
                .insecureAddress, "the server's address for \(what) is not encrypted: \(shown)",
                hint: "nothing was sent; tell the server's operator")
        }
        return address
    }
}
