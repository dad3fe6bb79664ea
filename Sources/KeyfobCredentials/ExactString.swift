extension String {
    /// Compares byte by byte.
    ///
    /// `==` takes two spellings of one character for equal, which issuers (RFC 8414, section 3.3: compared code point
    /// by code point) and JSON names are not.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}
