/// A database that runs the domain's statements; each driver is one conformer.
package protocol SQLDatabase: Sendable {
    /// Runs a body that only reads.
    ///
    /// It sees everything that was committed before the call, at least. Each statement sees its own state of the
    /// database: what must be seen together is asked in one statement.
    ///
    /// - Throws: `SQLError` with `.closed` after `close`, and whatever the body throws.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T

    /// Runs a body in a transaction and returns its result after the durable commit, never before.
    ///
    /// The body can run more than once, so it must do nothing but use its connection and compute its result. An error
    /// that it throws rolls back what this body did and nothing else. Cancelling the caller changes nothing: the write
    /// happens whole, or fails, and the caller is answered.
    ///
    /// - Throws: What the body throws, as it was; `SQLError` with `.busy` when too many writes wait or another process
    ///   holds the database for too long, `.full` when the disk is full, `.closed` after `close`. Nothing was written
    ///   then.
    @discardableResult
    func write<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T

    /// Finishes the writes that wait, then closes the database; later calls fail with `.closed`.
    ///
    /// - Throws: `SQLError` when closing fails. Closing twice does nothing.
    func close() async throws
}
