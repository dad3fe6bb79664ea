import KeyfobProtocol

/// Where a product's page for browser requests is, and whose requests it shows.
package struct BrowserRequestFacts: Sendable, Hashable {
    /// The page's path, such as `/confirm`; below it come `/approve` and `/done`.
    package let path: String
    /// The name of the query's parameter that carries the id.
    package let queryName: String
    /// The client whose requests the page shows; those of others are unknown there.
    package let clientID: String

    /// Describes a page.
    package init(path: String, queryName: String, clientID: String) {
        self.path = path
        self.queryName = queryName
        self.clientID = clientID
    }

    /// The link to the page of a request.
    ///
    /// - Parameters:
    ///   - id: The request's id.
    ///   - origin: The scheme and host that people know the page under, without a slash at its end.
    /// - Returns: The link, for the terminal and for the browser.
    package func address(of id: String, at origin: String) -> String {
        origin + link(to: id)
    }

    /// The same without an origin.
    func link(to id: String) -> String {
        path + "?" + FormFields([(queryName, id)]).encoded
    }

    /// The path of the page on which a claimed request is decided.
    var approvePath: String { path + "/approve" }
    /// The path of the page that says what was decided.
    var donePath: String { path + "/done" }
}
