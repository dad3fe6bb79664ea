import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

@Suite("A file that makes no sense")
struct CorruptFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("credentials.json") }

    init() throws {
        folder = try TemporaryFolder()
    }

    static let texts = [
        "", "   \n", String(repeating: "\u{0}", count: 300), #"{"issuers": {"k": {"access_tok"#, "not json", "[1, 2]",
        #"{"issuers": []}"#, #"{"issuers": {"k": 5}}"#, #"{"issuers": {"k": {"access_token": 5}}}"#,
        #"{"issuers": {"k": {"access_token": "a", "expires_at": "soon"}}}"#,
        #"{"issuers": {"k": {"access_token": "a", "refresh_token": {}}}}"#,
    ]

    @Test(arguments: texts)
    func `it is reported and never overwritten`(_ before: String) throws {
        try folder.put(before, at: "credentials.json")
        let file = CredentialFile(path)
        let error = #expect(throws: CredentialStoreError.self) { try file.read("k") }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains(path) == true)
        #expect(code { () throws(CredentialStoreError) in _ = try file.list() } == .corrupt)
        #expect(code { () throws(CredentialStoreError) in try file.delete("k") } == .corrupt)
        #expect(try text(of: path) == before)
    }

    @Test(arguments: texts)
    func `a write does not replace what it can't understand`(_ before: String) throws {
        try folder.put(before, at: "credentials.json")
        let file = CredentialFile(path)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "k") } == .corrupt)
        #expect(try text(of: path) == before)
        #expect(try folder.names() == ["credentials.json"])
    }

    @Test(arguments: texts)
    func `set aside, it is kept as it was, and a login starts clean`(_ before: String) throws {
        try folder.put(before, at: "credentials.json")
        let file = CredentialFile(path)
        let aside = try #require(try file.setAside())
        #expect(aside == path + ".corrupt-1")
        #expect(try text(of: aside) == before)
        #expect(try PathFacts(aside).permissions == 0o600)
        #expect(try file.read("k") == nil)
        try file.write(.full, for: "k")
        #expect(try file.read("k") == .full)
    }

    @Test func `an older one that was set aside is kept`() throws {
        let file = CredentialFile(path)
        for number in 1...3 {
            try folder.put("broken \(number)", at: "credentials.json")
            #expect(try file.setAside() == "\(path).corrupt-\(number)")
        }
        #expect(try text(of: path + ".corrupt-1") == "broken 1")
    }

    @Test func `a loose mode of it is repaired before it is set aside`() throws {
        try folder.put("broken", at: "credentials.json", mode: 0o644)
        let aside = try #require(try CredentialFile(path, warnings: Warnings()).setAside())
        #expect(try PathFacts(aside).permissions == 0o600)
    }

    @Test func `a file that is fine, or not there, is not set aside`() throws {
        let file = CredentialFile(path)
        #expect(try file.setAside() == nil)
        try file.write(.full, for: "k")
        #expect(try file.setAside() == nil)
        #expect(try file.read("k") == .full)
    }

    @Test func `one bad entry takes no other with it`() throws {
        let before = #"{"issuers":{"good":{"access_token":"g"},"bad":{"access_token":1}},"current":"bad","x":1}"#
        try folder.put(before, at: "credentials.json")
        let file = CredentialFile(path)
        #expect(try file.read("good") == .pasted("g"))
        let aside = try #require(try file.setAside())
        #expect(try text(of: aside) == before)
        #expect(try file.document()?.text(indent: nil) == #"{"issuers":{"good":{"access_token":"g"}},"x":1}"# + "\n")
    }

    @Test func `a bad flat file that is JSON keeps what is not ours`() throws {
        try folder.put(#"{"token":[],"access_key":"a"}"#, at: "credentials.json")
        let file = CredentialFile(path, .flat)
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("default") } == .corrupt)
        try file.setAside()
        #expect(try file.document()?.text(indent: nil) == #"{"access_key":"a"}"# + "\n")
    }

    @Test func `the message tells no token`() throws {
        let before = #"{"issuers": {"k": {"access_token": "tok-hidden", "refresh_token": 7 x"#
        try folder.put(before, at: "credentials.json")
        let error = #expect(throws: CredentialStoreError.self) { try CredentialFile(path).read("k") }
        #expect(error.map { "\($0) \(String(reflecting: $0))".contains("tok-hidden") } == false)
    }
}
