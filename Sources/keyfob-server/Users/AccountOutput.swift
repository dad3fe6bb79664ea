import Foundation
import KeyfobServer

/// An account as commands print it.
struct AccountOutput: Encodable {
    let id: String
    let username: String
    let email: String?
    let name: String?
    let state: String
    let createdAt: Date
    let attributes: [String: String]

    init(_ account: Account, attributes: [String: String] = [:]) {
        id = account.id
        username = account.username
        email = account.email
        name = account.name
        state = account.state.rawValue
        createdAt = account.createdAt
        self.attributes = attributes
    }
}
