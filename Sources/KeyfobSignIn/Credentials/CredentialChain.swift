public import KeyfobCredentials

/// Which credential applies, and why: every place that was looked at, in order.
public struct CredentialChain: Sendable {
    /// A place where a credential can come from.
    public enum Source: Sendable, Hashable {
        /// An environment variable.
        case environment(variable: String)
        /// The store, under a key.
        case stored(location: String, key: String)
    }

    /// What was found in a place.
    public enum Finding: Sendable {
        /// A credential that applies.
        case used(Credential)
        /// A credential that another one wins over.
        case shadowed(Credential)
        /// Nothing.
        case absent
        /// The place can't be read.
        case unreadable(CredentialStoreError)
    }

    /// A place and what was found there.
    public struct Candidate: Sendable {
        /// The place.
        public let source: Source
        /// What was found.
        public let finding: Finding
    }

    /// The candidates, the strongest first.
    public let candidates: [Candidate]

    /// Looks at the environment, then at the store.
    ///
    /// - Parameters:
    ///   - product: Whose variables.
    ///   - environment: The variables.
    ///   - store: The store.
    ///   - key: The key in the store; `nil` if there is none to look for.
    public init(product: Product, environment: [String: String], store: any CredentialStore, key: String?) {
        var candidates: [Candidate] = []
        var isDecided = false
        if let variable = product.variables.token {
            let credential = product.environmentToken(environment).map {
                Credential(accessToken: Secret($0), origin: .pasted)
            }
            candidates.append(
                Candidate(source: .environment(variable: variable), finding: credential.map { .used($0) } ?? .absent))
            isDecided = credential != nil
        }
        if let key {
            let finding = Self.finding(in: store, key, isDecided: isDecided)
            candidates.append(Candidate(source: .stored(location: store.location, key: key), finding: finding))
        }
        self.candidates = candidates
    }

    /// The credential that applies, and where it came from.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: ``CredentialStoreError`` where a place that nothing wins over can't be read.
    public func winner() throws(CredentialStoreError) -> (credential: Credential, source: Source)? {
        for candidate in candidates {
            switch candidate.finding {
            case .used(let credential): return (credential, candidate.source)
            case .unreadable(let error): throw error
            case .shadowed, .absent: continue
            }
        }
        return nil
    }

    private static func finding(in store: any CredentialStore, _ key: String, isDecided: Bool) -> Finding {
        do throws(CredentialStoreError) {
            guard let credential = try store.read(key) else { return .absent }
            return isDecided ? .shadowed(credential) : .used(credential)
        } catch {
            return .unreadable(error)
        }
    }
}
