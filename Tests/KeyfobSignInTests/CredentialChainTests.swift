import KeyfobClient
import KeyfobCredentials
import KeyfobProtocol
import KeyfobSignIn
import Testing

struct CredentialChainTests {
    private static let product = Product(
        name: "tool", displayName: "Tool", commandPath: "tool", service: .discovery, clientID: "tool",
        defaultScopes: [], methods: [.deviceCode],
        place: CredentialPlace(base: .xdgConfig, folder: "tool", file: "c.json", folderVariable: "TOOL_DIR"),
        variables: Product.Variables(token: "TOOL_TOKEN", clientSecret: "TOOL_SECRET"))

    private static let stored = Credential(accessToken: Secret("stored"), origin: .login)

    private static func chain(_ environment: [String: String], key: String? = "k") -> CredentialChain {
        CredentialChain(
            product: product, environment: environment, store: MemoryCredentialStore(location: "f", ["k": stored]),
            key: key)
    }

    @Test func `the environment wins over the store, and the chain says so`() throws {
        let chain = Self.chain(["TOOL_TOKEN": "env"])
        let winner = try #require(try chain.winner())
        #expect(winner.credential == Credential(accessToken: Secret("env"), origin: .pasted))
        #expect(winner.source == .environment(variable: "TOOL_TOKEN"))
        guard case .shadowed(let credential) = chain.candidates[1].finding else {
            Issue.record("\(chain.candidates[1].finding)")
            return
        }
        #expect(credential == Self.stored)
    }

    @Test(arguments: ["", "  ", "\n"])
    func `an empty variable counts as unset`(value: String) throws {
        let winner = try #require(try Self.chain(["TOOL_TOKEN": value]).winner())
        #expect(winner.source == .stored(location: "f", key: "k"))
    }

    @Test func `blanks around a token from the environment are not part of it`() throws {
        let winner = try #require(try Self.chain(["TOOL_TOKEN": " env\n"]).winner())
        #expect(winner.credential.accessToken == Secret("env"))
    }

    @Test func `without any credential there is no winner`() throws {
        #expect(try Self.chain([:], key: "other").winner() == nil)
        #expect(try Self.chain([:], key: nil).winner() == nil)
    }

    @Test func `a store that can't be read is an error only where nothing wins over it`() throws {
        let broken = { (environment: [String: String]) in
            CredentialChain(product: Self.product, environment: environment, store: Broken(), key: "k")
        }
        #expect(throws: CredentialStoreError.self) { try broken([:]).winner() }
        #expect(try broken(["TOOL_TOKEN": "env"]).winner()?.credential.accessToken == Secret("env"))
    }

    @Test func `no token is in a chain's description`() {
        let chain = Self.chain(["TOOL_TOKEN": "s3cr3t"])
        #expect(!"\(chain)".contains("s3cr3t"))
        #expect(!String(reflecting: chain).contains("s3cr3t"))
    }
}

private struct Broken: CredentialStore {
    let location = "broken"
    private let error = CredentialStoreError(.corrupt, message: "no JSON", hint: "mend it")

    func read(_ key: String) throws(CredentialStoreError) -> Credential? { throw error }
    func write(_ credential: Credential, for key: String) throws(CredentialStoreError) { throw error }
    func delete(_ key: String) throws(CredentialStoreError) -> Bool { throw error }
    func list() throws(CredentialStoreError) -> [String] { throw error }
}
