import Synchronization

/// Credentials that live as long as the process: for tests, and for a credential that came from the environment.
public final class MemoryCredentialStore: CredentialStore {
    /// Where the credentials came from, in words for people.
    public let location: String

    private struct Entry {
        var key: String
        var credential: Credential
    }

    private let entries: Mutex<[Entry]>

    /// Makes a store that knows the given credentials.
    ///
    /// - Parameters:
    ///   - location: Where they came from, as people should read it; "memory" by default.
    ///   - credentials: What the store holds at first.
    public init(location: String = "memory", _ credentials: KeyValuePairs<String, Credential> = [:]) {
        self.location = location
        entries = Mutex(credentials.map { Entry(key: $0.key, credential: $0.value) })
    }

    /// Reads the credential under a key; never fails.
    public func read(_ key: String) -> Credential? {
        entries.withLock { entries in entries.first { $0.key.hasSameBytes(as: key) }?.credential }
    }

    /// Keeps a credential under a key; never fails.
    public func write(_ credential: Credential, for key: String) {
        entries.withLock { entries in
            if let index = entries.firstIndex(where: { $0.key.hasSameBytes(as: key) }) {
                entries[index].credential = credential
            } else {
                entries.append(Entry(key: key, credential: credential))
            }
        }
    }

    /// Removes the credential under a key and says whether there was one; never fails.
    @discardableResult
    public func delete(_ key: String) -> Bool {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.key.hasSameBytes(as: key) }) else { return false }
            entries.remove(at: index)
            return true
        }
    }

    /// Lists the keys, first written first; never fails.
    public func list() -> [String] {
        entries.withLock { entries in entries.map(\.key) }
    }
}
