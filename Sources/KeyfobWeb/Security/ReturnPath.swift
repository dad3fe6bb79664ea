import Hummingbird
import KeyfobProtocol

/// Where the browser goes after sign-in: a path of our own, never another site.
struct ReturnPath {
    let text: String

    /// Accepts a path of a page that asks for a sign-in; everything else leads to the start page.
    init(_ text: String?, _ site: Site) {
        guard let text, text.utf8.count <= 8192, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }),
            let path = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first,
            site.signedInPaths.contains(String(path))
        else {
            self.text = "/"
            return
        }
        self.text = text
    }

    /// The path and query of a request, to come back to.
    init(_ request: Request, _ site: Site) {
        self.init(request.uri.query.map { "\(request.uri.path)?\($0)" } ?? request.uri.path, site)
    }

    /// The sign-in page that comes back to this path.
    var signIn: String { "/sign-in?" + FormFields([("return_to", text)]).encoded }
}
