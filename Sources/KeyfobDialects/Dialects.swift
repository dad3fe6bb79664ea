package import KeyfobWeb

/// Every dialect that an operator can switch on.
package enum Dialects {
    /// All of them, by name.
    package static let all: [Dialect] = [.cldkctl, .pipecat, .podstack, .skytells, .videosdk]
}
