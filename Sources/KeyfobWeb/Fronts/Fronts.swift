/// All origins that the server answers for: its issuer's, and those that its dialects were given.
package struct Fronts: Sendable {
    /// The front of every request whose host is nobody's: the issuer's.
    package let own: Front
    /// The fronts of the dialects' hosts, without the issuer's.
    package let others: [Front]

    private let byAuthority: [String: Front]

    /// Lists the fronts.
    ///
    /// - Parameters:
    ///   - issuer: The server's own issuer.
    ///   - brand: How the server's own pages look.
    ///   - dialects: The dialects that are on, with the hosts that the operator gave them.
    /// - Throws: ``FrontError`` if two dialects name one host.
    init(issuer: String, brand: Brand, dialects: [Dialect]) throws(FrontError) {
        var found: [String: Front] = [:]
        for dialect in dialects {
            for (role, origin) in dialect.origins.sorted(by: { $0.key < $1.key }) {
                guard dialect.hosts.contains(where: { $0.name == role }) else {
                    throw .unknownRole(role, dialect: dialect.name, roles: dialect.hosts.map(\.name))
                }
                if let other = found[origin.text]?.dialect, other != dialect.name {
                    throw .sharedHost(origin.text, dialects: [other, dialect.name])
                }
                found[origin.text] = Front(
                    origin: origin.text, issuer: dialect.issuer ?? issuer, brand: dialect.brand, dialect: dialect.name
                )
            }
        }
        // The issuer is written exactly as the operator wrote it, since clients compare it letter by letter.
        let address = Origin(issuer)
        let dialectAtHome = address.flatMap { found.removeValue(forKey: $0.text) }
        own = Front(
            origin: issuer, issuer: issuer, brand: dialectAtHome?.brand ?? brand, dialect: dialectAtHome?.dialect
        )
        others = found.values.sorted { $0.origin < $1.origin }
        var byAuthority: [String: Front] = [:]
        for front in others {
            for authority in Origin(front.origin)?.authorities ?? [] { byAuthority[authority] = front }
        }
        for authority in address?.authorities ?? [] { byAuthority[authority] = own }
        self.byAuthority = byAuthority
    }

    /// Every front, the server's own first.
    package var all: [Front] { [own] + others }

    /// Every issuer that tokens of this server can name.
    var issuers: Set<String> { Set(all.map(\.issuer)) }

    /// The front that a request is for; its host is compared with what was configured, and never repeated anywhere.
    ///
    /// - Parameter authority: The request's host and port, as it names them.
    /// - Returns: The front of that host, or the server's own.
    package func front(at authority: String?) -> Front {
        authority.flatMap { byAuthority[$0.lowercased()] } ?? own
    }
}
