import HTTPTypes
package import Hummingbird
package import KeyfobProtocol

extension Request {
    /// The fields of a form.
    ///
    /// - Throws: ``WebError`` for another content type, a body over the limit, or a malformed one.
    package func form() async throws -> FormFields {
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw WebError(
                .badRequest, .invalidRequest, "the content type must be application/x-www-form-urlencoded"
            )
        }
        do {
            return try FormFields(parsing: String(decoding: try await bytes(), as: UTF8.self))
        } catch is FormFields.ParsingError {
            throw WebError(.badRequest, .invalidRequest, "the form has a broken percent escape")
        }
    }

    /// The whole body.
    ///
    /// - Throws: ``WebError`` with status 413 over the limit.
    package func bytes() async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > WebContext.largestBody {
            throw WebError.tooLarge
        }
        var bytes: [UInt8] = []
        for try await part in body {
            guard bytes.count + part.readableBytes <= WebContext.largestBody else { throw WebError.tooLarge }
            bytes += part.readableBytesView
        }
        return bytes
    }

    /// The content type without parameters, in lower case.
    package var mediaType: String? {
        headers[.contentType]?.prefix { $0 != ";" }.lowercased().trimmingPrefix(" ").split(separator: " ").first
            .map { String($0) }
    }

    /// The fields of the query.
    ///
    /// - Throws: ``WebError`` for a malformed one.
    package func queryFields() throws -> FormFields {
        do {
            return try FormFields(parsing: uri.query ?? "")
        } catch {
            throw WebError(.badRequest, .invalidRequest, "the query has a broken percent escape")
        }
    }
}

extension FormFields {
    /// The value of a parameter that must be there.
    ///
    /// - Throws: ``WebError`` with `invalid_request`.
    package func required(_ name: String) throws -> String {
        guard let value = try optional(name) else {
            throw WebError(.badRequest, .invalidRequest, "\(name) is missing")
        }
        return value
    }

    /// The value of a parameter that may be there once.
    ///
    /// - Throws: ``WebError`` with `invalid_request`.
    package func optional(_ name: String) throws -> String? {
        do {
            return try single(name)
        } catch {
            throw WebError(.badRequest, .invalidRequest, "\(name) is repeated")
        }
    }
}
