import Testing

/// Expects an error reply of an endpoint (RFC 6749 section 5.2).
func expectError(
    _ reply: Reply, _ status: Int, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(reply.status == status, "\(reply.text)", sourceLocation: sourceLocation)
    #expect(reply.error == code, "\(reply.text)", sourceLocation: sourceLocation)
    #expect(reply.mediaType == "application/json", sourceLocation: sourceLocation)
    #expect(reply["Cache-Control"] == "no-store", sourceLocation: sourceLocation)
}

/// Expects a page of a status with a heading.
func expectPage(
    _ reply: Reply, _ status: Int, _ heading: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(reply.status == status, "\(reply.text)", sourceLocation: sourceLocation)
    #expect(reply.heading == heading, "\(reply.text)", sourceLocation: sourceLocation)
    #expect(reply["Content-Type"] == "text/html; charset=utf-8", sourceLocation: sourceLocation)
    #expect(reply["Location"] == nil, sourceLocation: sourceLocation)
}
