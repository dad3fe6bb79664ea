#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Something that a test needs did not work.
struct TestFailure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Blocks the thread until a condition holds, and gives up after some twenty seconds.
func blockUntil(_ condition: () throws -> Bool) throws {
    for _ in 0..<10_000 {
        if try condition() { return }
        usleep(2_000)  // allowed: the pause between two looks at a condition
    }
    throw TestFailure("waited in vain")
}

/// Waits until a condition holds, and gives up after some twenty seconds.
func until(_ condition: () throws -> Bool) async throws {
    for _ in 0..<10_000 {
        if try condition() { return }
        try await Task.sleep(for: .milliseconds(2))  // allowed: the pause between two looks at a condition
    }
    throw TestFailure("waited in vain")
}
