import FoundationEssentials
import Hummingbird
import HummingbirdTesting
import KeyfobProtocol
import KeyfobTestSupport

/// What the site answered.
struct Reply: Sendable {
    let status: Int
    let text: String
    private let headers: [Header]

    private struct Header {
        let name: String
        let value: String
    }

    init(_ response: TestResponse) {
        status = response.head.status.code
        text = String(buffer: response.body)
        headers = response.head.headerFields.map { Header(name: $0.name.canonicalName, value: $0.value) }
    }

    /// The value of a header that may be there once; several are shown side by side, so that they are equal to none.
    subscript(_ name: String) -> String? {
        let found = all(name)
        return found.isEmpty ? nil : found.joined(separator: " AND ")
    }

    /// Every value of a header.
    func all(_ name: String) -> [String] {
        headers.filter { $0.name == name.lowercased() }.map(\.value)
    }

    /// The content type without parameters.
    var mediaType: String? {
        self["Content-Type"].map { String($0.prefix { $0 != ";" }) }
    }

    /// The body as JSON.
    func json() throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    /// The member `error` of a JSON body.
    var error: String? {
        try? json()["error"]?.text
    }

    /// The text of a JSON body's member.
    func text(_ name: String) throws -> String {
        try json()[name].orFail().text.orFail()
    }

    /// Where the reply sends the browser.
    func redirect() throws -> Redirect {
        try Redirect(self["Location"].orFail())
    }

    /// The forms of a page.
    var forms: [Form] { Form.all(in: text) }

    /// The form that posts to a path.
    func form(_ action: String) throws -> Form {
        try forms.first { $0.action == action }.orFail()
    }

    /// The page's heading, as a person reads it.
    var heading: String? {
        text.firstMatch(of: #/<h1>(.*?)</h1>/#).map { match in
            String(match.1.replacing(#/<[^>]*>/#, with: ""))
        }
    }
}

/// An address that the browser is sent to.
struct Redirect {
    /// Everything before the query.
    let base: String
    let query: FormFields

    init(_ location: String) throws {
        let halves = location.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        base = String(halves[0])
        query = try FormFields(parsing: halves.count > 1 ? halves[1] : "")
    }

    /// The value of a parameter that is there at most once.
    subscript(_ name: String) -> String? {
        try? query.single(name)
    }
}
