import KeyfobCredentialFiles
import KeyfobCredentials
import Synchronization

/// A keyring for tests, which can be made to fail.
final class MemorySecrets: SecretStore {
    private struct State {
        var secrets: [String: Secret] = [:]
        var failure: CredentialStoreError?
        var calls = 0
    }

    private let state = Mutex(State())

    let location = "the keyring of a test"

    var keys: [String] { state.withLock { $0.secrets.keys.sorted() } }
    var calls: Int { state.withLock { $0.calls } }

    /// Makes every call fail, or none.
    func fail(_ code: CredentialStoreError.Code?) {
        state.withLock { state in
            state.failure = code.map { CredentialStoreError($0, message: "the keyring fails", hint: "wait") }
        }
    }

    func read(_ key: String) throws(CredentialStoreError) -> Secret? {
        try call { state in state.secrets[key] }
    }

    func write(_ secret: Secret, for key: String, label: String) throws(CredentialStoreError) {
        try call { state in state.secrets[key] = secret }
    }

    func delete(_ key: String) throws(CredentialStoreError) -> Bool {
        try call { state in state.secrets.removeValue(forKey: key) != nil }
    }

    private func call<Result: Sendable>(
        _ body: (inout sending State) -> sending Result
    ) throws(CredentialStoreError) -> Result {
        let (result, failure): (Result?, CredentialStoreError?) = state.withLock { state in
            state.calls += 1
            if let failure = state.failure { return (nil, failure) }
            return (body(&state), nil)
        }
        guard let result else { throw failure ?? CredentialStoreError(.unavailable, message: "", hint: "") }
        return result
    }
}

/// A file that keeps the tokens of every entry apart.
struct StoreOfSecretsApart: CredentialStore {
    let file: CredentialFile

    init(_ folder: TemporaryFolder, _ secrets: MemorySecrets) {
        let apart = SecretsApart(store: secrets, product: "product", sharedLockFolder: folder.path("locks"))
        file = CredentialFile(folder.path("product/config.json"), .profiles, secrets: apart)
    }

    var location: String { file.location }

    func read(_ key: String) throws(CredentialStoreError) -> Credential? { try file.read(key) }
    func write(_ credential: Credential, for key: String) throws(CredentialStoreError) {
        try file.write(credential, for: key, keepingSecretsApart: true)
    }
    func delete(_ key: String) throws(CredentialStoreError) -> Bool { try file.delete(key) }
    func list() throws(CredentialStoreError) -> [String] { try file.list() }
}
