import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("The fast path to a token")
struct QuickAccessTests {
    private let folder: TemporaryFolder
    private let file: CredentialFile

    init() throws {
        folder = try TemporaryFolder()
        file = CredentialFile(folder.path("credentials.json"))
    }

    private func token(_ key: String? = nil, at now: Date = .noon, margin: TimeInterval = 60) -> String? {
        CredentialFile.quickAccessToken(path: file.path, layout: .keyfob, key: key, now: now, margin: margin)?
            .reveal()
    }

    @Test func `a fresh token is found under its key, and under the current one`() throws {
        try file.write(.full, for: "a")
        #expect(token("a") == "at-1")
        #expect(token() == nil)
        try file.setCurrent("a")
        #expect(token() == "at-1")
        #expect(token("b") == nil)
    }

    @Test func `a token at its end is left to the full way`() throws {
        try file.write(.full, for: "a")
        #expect(token("a", at: .noon + 839) == "at-1")
        #expect(token("a", at: .noon + 840) == nil)
        #expect(token("a", at: .noon, margin: 900) == nil)
    }

    @Test func `a flat file needs no key`() throws {
        try folder.put(#"{"token":"t"}"#, at: "flat.json")
        let found = CredentialFile.quickAccessToken(path: folder.path("flat.json"), layout: .flat, now: .noon)
        #expect(found?.reveal() == "t")
    }

    @Test(arguments: ["", "{", #"{"issuers":{"a":{"access_token":1}}}"#, #"{"issuers":{"a":{}}}"#])
    func `what makes no sense is left to the full way`(_ text: String) throws {
        try folder.put(text, at: "credentials.json")
        #expect(token("a") == nil)
    }

    @Test func `no file, or one that others can read, is left to the full way`() throws {
        #expect(token("a") == nil)
        try file.write(.full, for: "a")
        chmod(file.path, 0o640)
        #expect(token("a") == nil)
        #expect(try PathFacts(file.path).permissions == 0o640)
    }
}
