public import KeyfobProtocol

/// Finding out what a server can do ([RFC 8414 section 3](https://www.rfc-editor.org/rfc/rfc8414#section-3)).
public enum Discovery {
    /// What one well-known address answered.
    public enum Answer: Sendable {
        /// The metadata, its issuer checked.
        case found(ServerMetadata)
        /// Nothing of the kind is published there; the error says what came instead.
        case absent(ClientError)
    }

    /// The exchanges to try, in this order.
    ///
    /// First RFC 8414's form, the well-known part inserted before the issuer's path; then that of OpenID Connect
    /// Discovery section 4, appended to it.
    public static func exchanges(for issuer: Issuer) -> [Exchange<Answer>] {
        let origin = issuer.address.origin
        let path = issuer.address.path.hasSuffix("/") ? String(issuer.address.path.dropLast()) : issuer.address.path
        let addresses = [
            "\(origin)/.well-known/oauth-authorization-server\(path)",
            "\(origin)\(path)/.well-known/openid-configuration",
        ]
        return addresses.compactMap { text in
            WebAddress(text).map { address in
                Exchange(.get(address)) { reply throws(ClientError) in try judge(reply, for: issuer) }
            }
        }
    }

    // Servers without this document answer 404, 403 or the page of a web application: the next form is tried then.
    private static func judge(_ reply: HTTPReply, for issuer: Issuer) throws(ClientError) -> Answer {
        let metadata: ServerMetadata
        do {
            metadata = try reply.json(ServerMetadata.self, of: "metadata")
        } catch {
            guard !error.isTransient else { throw error }
            return .absent(error)
        }
        guard metadata.issuer.utf8.elementsEqual(issuer.text.utf8) else {
            throw mismatch(asked: issuer.text, found: metadata.issuer)
        }
        return .found(metadata)
    }

    // "The 'issuer' value returned MUST be identical to the authorization server's issuer identifier value into which
    // the well-known URI string was inserted" (RFC 8414 section 3.3).
    private static func mismatch(asked: String, found: String) -> ClientError {
        let shown = HTTPReply.printable(found)
        let differsBySlash = asked == found + "/" || asked + "/" == found
        return ClientError(
            .issuerMismatch, "the server at \(asked) calls itself \(shown)",
            hint: differsBySlash
                ? "use the name that it gives itself: \(shown)"
                : "check the address; a server must not speak for another issuer")
    }
}

extension HTTPTransport {
    /// Finds a server's metadata, with at most two requests.
    ///
    /// - Throws: ``ClientError`` with ``ClientError/Code/noMetadata`` if neither form is published,
    ///   ``ClientError/Code/issuerMismatch``, or an error of the network.
    public func metadata(of issuer: Issuer) async throws(ClientError) -> ServerMetadata {
        var last: ClientError?
        for exchange in Discovery.exchanges(for: issuer) {
            switch try await perform(exchange) {
            case .found(let metadata): return metadata
            // A document that is there and broken says more than the 404 of the other form.
            case .absent(let error): last = last.flatMap { $0.status == 404 ? nil : $0 } ?? error
            }
        }
        let reason = last.map { ": \($0.message)" } ?? ""
        throw ClientError(
            .noMetadata, "\(issuer) is not a sign-in server\(reason)",
            hint: "check the address; it must publish OAuth or OpenID Connect metadata", status: last?.status,
            underlying: last)
    }
}
