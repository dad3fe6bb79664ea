/// Where a product's servers are, and how they speak.
public enum Service: Sendable {
    /// Any server that publishes metadata; the person names its issuer.
    case discovery
    /// One service, described by facts.
    case fixed(ServiceFacts)
}
