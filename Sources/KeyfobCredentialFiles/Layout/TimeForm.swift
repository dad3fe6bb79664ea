#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CredentialLayout.TimeForm {
    /// The time that a value stands for; nil when it is none in this form.
    func time(_ value: DocumentValue) -> Date? {
        switch self {
        case .seconds, .fractionalSeconds: value.double.map { Date(timeIntervalSince1970: $0) }
        case .milliseconds: value.double.map { Date(timeIntervalSince1970: $0 / 1000) }
        case .timestamp:
            switch value {
            case .date(let text), .string(let text): Timestamp.time(text)
            default: nil
            }
        }
    }

    /// The value that stands for a time; nil for a time so far away that it is none.
    func value(_ time: Date) -> DocumentValue? {
        let seconds = time.timeIntervalSince1970
        return switch self {
        case .seconds: whole(seconds)
        case .milliseconds: whole(seconds * 1000)
        case .fractionalSeconds: seconds.magnitude < 1e15 ? .number("\(seconds)") : nil
        case .timestamp: Timestamp.text(time).map { .date($0) }
        }
    }

    private func whole(_ number: Double) -> DocumentValue? {
        Int64(exactly: number.rounded()).map(DocumentValue.number)
    }
}
