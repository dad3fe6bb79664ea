import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

/// A person with a browser: an HTTP client that keeps cookies, follows redirects within the site, and fills forms in.
final class Person: Sendable {
    struct Page {
        let status: Int
        let text: String
        /// Where a redirect leads that leaves the site.
        let elsewhere: String?
    }

    private let client: any TestClientProtocol
    private let cookies = Mutex<[String: String]>([:])

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// Signs in, and decides about what the address asks for.
    func decide(_ decision: String, at address: String, code: String? = nil) async throws -> Page {
        var page = try await open(address)
        if page.text.contains("name=\"password\"") {
            page = try await submit(page, ["username": "ada", "password": World.password])
        }
        if page.text.contains("name=\"user_code\"") {
            page = try await submit(page, ["user_code": code ?? ""])
        }
        return try await submit(page, ["decision": decision])
    }

    func open(_ address: String) async throws -> Page {
        try await request(address, method: .get, body: nil)
    }

    private func submit(_ page: Page, _ values: [String: String]) async throws -> Page {
        let forms = page.text.matches(of: /(?s)<form method="post" action="([^"]+)".*?<\/form>/)
        let wanted = try #require(values.keys.first)
        let form = try #require(forms.first { $0.0.contains("name=\"\(wanted)\"") }, "no \(wanted): \(page.text)")
        let fields = hiddenFields(String(form.0)).merging(values) { _, new in new }
        let body = fields.map { "\($0)=\(Self.encode($1))" }.joined(separator: "&")
        return try await request(String(form.1), method: .post, body: body)
    }

    private func hiddenFields(_ html: String) -> [String: String] {
        let found = html.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)"/)
        return Dictionary(found.map { (String($0.1), Self.unescape(String($0.2))) }) { first, _ in first }
    }

    private func request(_ address: String, method: HTTPRequest.Method, body: String?) async throws -> Page {
        let path = address.hasPrefix(World.issuer) ? String(address.dropFirst(World.issuer.count)) : address
        guard path.hasPrefix("/") else { return Page(status: 303, text: "", elsewhere: address) }
        var headers: HTTPFields = [:]
        let cookie = cookies.withLock { $0.map { "\($0)=\($1)" }.joined(separator: "; ") }
        if !cookie.isEmpty { headers[.cookie] = cookie }
        if body != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let reply = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        remember(reply.headers)
        if let location = reply.headers[.location] {
            return try await request(location, method: .get, body: nil)
        }
        return Page(status: reply.status.code, text: String(buffer: reply.body), elsewhere: nil)
    }

    private func remember(_ headers: HTTPFields) {
        for field in headers[values: .setCookie] {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            cookies.withLock { $0[pair[0]] = pair.count > 1 ? pair[1] : nil }
        }
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func unescape(_ text: String) -> String {
        [
            ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#61;", "="),
            ("&amp;", "&"),
        ]
        .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
