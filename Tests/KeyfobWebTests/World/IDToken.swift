import FoundationEssentials
import KeyfobProtocol
import KeyfobTestSupport

/// The readable part of a JWT; its signature is another test's matter.
enum IDToken {
    static func claims(_ token: String) throws -> JSON {
        let parts = token.split(separator: ".")
        guard parts.count == 3 else { throw Missing() }
        return try JSONDecoder().decode(JSON.self, from: Data(Base64URL.decode(parts[1]).orFail()))
    }
}
