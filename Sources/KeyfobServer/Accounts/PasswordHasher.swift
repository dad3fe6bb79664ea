import CArgon2
import Foundation
import KeyfobProtocol
import Synchronization

/// Argon2id for people's passwords ([RFC 9106](https://www.rfc-editor.org/rfc/rfc9106)), by libargon2.
///
/// A hash costs 19 MiB and tens of milliseconds by intent, so few run at a time and few may wait: who comes after
/// that is told to come back, instead of taking the memory of everyone else.
final class PasswordHasher: Sendable {
    /// The longest password in bytes that is hashed at all.
    static let longest = 1000

    private static let memory: UInt32 = 19 * 1024  // KiB: OWASP's first choice together with two passes
    private static let passes: UInt32 = 2
    private static let lanes: UInt32 = 1

    private let random: RandomBytes
    private let limit: Int
    private let admitted = Mutex(0)
    private let queue: OperationQueue

    init(random: RandomBytes, workers: Int, waiting: Int) {
        self.random = random
        limit = workers + waiting
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = workers
    }

    /// Hashes a password with a fresh salt into a PHC string.
    ///
    /// - Throws: ``ServerError`` with `.overloaded`.
    func hash(_ password: String) async throws -> String {
        let salt = random.bytes(16)
        return try await perform { try Self.hash(password, salt: salt) }
    }

    /// Whether a password is the one of a PHC string.
    ///
    /// - Throws: ``ServerError`` with `.overloaded`.
    func verify(_ password: String, against phc: String) async throws -> Bool {
        guard password.utf8.count <= Self.longest else { return false }
        return try await perform {
            let bytes = Array(password.utf8)
            return argon2id_verify(phc, bytes, bytes.count) == ARGON2_OK.rawValue
        }
    }

    /// Takes as long as ``verify(_:against:)``, so that an unknown name cannot be told by the clock.
    func pretend(_ password: String) async throws {
        guard password.utf8.count <= Self.longest else { return }
        _ = try await perform { try Self.hash(password, salt: [UInt8](repeating: 0, count: 16)) }
    }

    private func perform<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let isAdmitted = admitted.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isAdmitted else {
            throw ServerError(.overloaded(seconds: 2), "too many people are signing in at this moment")
        }
        defer { admitted.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    private static func hash(_ password: String, salt: [UInt8]) throws -> String {
        let bytes = Array(password.utf8)
        let length = argon2_encodedlen(passes, memory, lanes, UInt32(salt.count), 32, Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let status = argon2id_hash_encoded(
            passes, memory, lanes, bytes, bytes.count, salt, salt.count, 32, &encoded, encoded.count
        )
        guard status == ARGON2_OK.rawValue else {
            throw ServerError(.overloaded(seconds: 5), "the password could not be hashed: out of memory")
        }
        return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
