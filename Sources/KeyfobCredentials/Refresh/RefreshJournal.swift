#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A note on disk that a refresh has begun, so that whoever comes after a crash repeats it with the same key.
///
/// It holds no token. All three functions want the credential's ``CredentialLock`` to be held.
public struct RefreshJournal: Sendable {
    /// What there is to know about a refresh that has begun.
    public struct Entry: Sendable, Equatable {
        /// A fingerprint of the credential that is being refreshed, chosen by the caller; not the token itself.
        public var generation: String
        /// The value of the request's `Idempotency-Key`.
        public var idempotencyKey: String
        /// When the refresh began, kept in milliseconds.
        public var startedAt: Date

        /// Makes an entry.
        public init(generation: String, idempotencyKey: String, startedAt: Date) {
            self.generation = generation
            self.idempotencyKey = idempotencyKey
            self.startedAt = startedAt
        }
    }

    /// The journal's file.
    public let path: String

    /// Makes a journal of a file, which need not exist.
    public init(path: String) {
        self.path = path
    }

    /// Reads the entry.
    ///
    /// - Returns: The entry, or nil when there is none; a journal that is broken, unreadable or another user's is none.
    public func read() -> Entry? {
        guard let file = try? OpenFile.reading(path), let status = try? file.status() else { return nil }
        guard status.isRegular, status.isMine else { return nil }
        guard let bytes = try? file.contents(upTo: 16_384) else { return nil }
        return JournalText.entry(in: bytes)
    }

    /// Writes the entry and waits until the disk has it.
    ///
    /// - Parameter entry: What to keep; it replaces what is there.
    /// - Throws: ``CredentialStoreError``; do not send the request then.
    public func write(_ entry: Entry) throws(CredentialStoreError) {
        try PrivateFolder.create(FilePath.folder(of: path))
        try PrivateFile.replace(path, with: JournalText.bytes(of: entry))
    }

    /// Removes the entry, and is content when there is none.
    ///
    /// - Throws: ``CredentialStoreError`` when it is still there.
    public func drop() throws(CredentialStoreError) {
        try PrivateFile.remove(path)
    }
}
