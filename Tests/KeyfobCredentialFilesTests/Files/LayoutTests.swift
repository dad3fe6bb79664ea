import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("File formats")
struct LayoutTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("credentials.json") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `the generic format is as documented`() throws {
        let file = CredentialFile(path)
        var credential = Credential.full
        credential.tokenType = "Bearer"
        try file.write(credential, for: "https://a.example")
        try file.setCurrent("https://a.example")
        #expect(
            try text(of: path) == """
                {
                  "issuers": {
                    "https://a.example": {
                      "access_token": "at-1",
                      "refresh_token": "rt-1",
                      "id_token": "id-1",
                      "expires_at": 1790000900,
                      "scope": "openid projects.read",
                      "client_id": "keyfob",
                      "account": "ada@example.org",
                      "origin": "login",
                      "created_at": 1790000000
                    }
                  },
                  "current": "https://a.example"
                }

                """
        )
    }

    @Test func `a product's flat file keeps what is not ours, in its place and spelling`() throws {
        try folder.put(
            #"{"access_key":"sk_proj_1","token":"old","nested":{"n":1.50,"list":[1e3,null]},"created_at":1}"#,
            at: "credentials.json"
        )
        let file = CredentialFile(path, .flat)
        try file.write(
            Credential(accessToken: Secret("new"), origin: .login, createdAt: .noon + 0.25), for: "default"
        )
        #expect(
            try JSONFormat().parse(Array(try text(of: path).utf8)).text(indent: nil)
                == #"{"access_key":"sk_proj_1","token":"new","nested":{"n":1.50,"list":[1e3,null]},"#
                + #""created_at":1790000000250,"origin":"login"}"# + "\n"
        )
        #expect(try file.delete("default"))
        #expect(
            try JSONFormat().parse(Array(try text(of: path).utf8)).text(indent: nil)
                == #"{"access_key":"sk_proj_1","nested":{"n":1.50,"list":[1e3,null]}}"# + "\n"
        )
    }

    @Test func `other issuers, profiles and unknown keys survive every write`() throws {
        let before = """
            {"version": 2, "issuers": {"https://b.example": {"access_token": "b", "extra": [1, {"x": 1.0}]}},
             "profiles": {"work": {"issuer": "https://b.example"}}, "current": "https://b.example"}
            """
        try folder.put(before, at: "credentials.json")
        let file = CredentialFile(path)
        try file.write(.full, for: "https://a.example")
        try file.setCurrent("https://a.example")
        try file.setCurrent("https://b.example")
        try file.delete("https://a.example")
        let after = try JSONFormat().parse(Array(try text(of: path).utf8))
        #expect(try after == JSONFormat().parse(Array(before.utf8)))
    }

    @Test func `unknown keys of an entry survive a refresh of its tokens`() throws {
        try folder.put(#"{"issuers":{"k":{"note":"mine","access_token":"old"}}}"#, at: "credentials.json")
        let file = CredentialFile(path)
        try file.write(.full, for: "k")
        #expect(try file.document()?[["issuers", "k", "note"][...]] == .string("mine"))
    }

    @Test func `a token that another program wrote counts as pasted`() throws {
        try folder.put(#"{"token":"t","access_key":null,"created_at":1790000000000}"#, at: "credentials.json")
        let expected = Credential(accessToken: Secret("t"), origin: .pasted, createdAt: .noon)
        let flat = CredentialLayout.flat
        #expect(try CredentialFile(path, flat).read("default") == expected)
    }

    @Test(arguments: [#"{}"#, #"{"token":""}"#, #"{"token":null}"#, #"{"access_key":"a"}"#])
    func `a file without a token holds no credential`(_ text: String) throws {
        try folder.put(text, at: "credentials.json")
        let file = CredentialFile(path, .flat)
        #expect(try file.read("default") == nil)
        #expect(try file.list() == [])
        #expect(try file.delete("default") == false)
    }

    @Test func `a file of one credential has no room for another key`() throws {
        let file = CredentialFile(path, .flat)
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "other") } == .denied)
        #expect(try file.read("other") == nil)
        #expect(!exists(path))
    }

    @Test func `scopes are read in both forms and written in the file's own`() throws {
        var layout = CredentialLayout.keyfob
        layout.scopeForm = .list
        let file = CredentialFile(path, layout)
        try file.write(.full, for: "k")
        let scopes = ["issuers", "k", "scope"][...]
        #expect(try file.document()?[scopes] == .list([.string("openid"), .string("projects.read")]))
        #expect(try CredentialFile(path, .keyfob).read("k")?.scopes == ["openid", "projects.read"])
    }

    @Test func `what only describes a credential may be malformed`() throws {
        try folder.put(#"{"token":"t","created_at":"2026-11-21T10:00:00Z","origin":7}"#, at: "credentials.json")
        #expect(try CredentialFile(path, .flat).read("default") == .pasted("t"))
    }

    @Test func `the current key goes with its credential, and the file with the last one`() throws {
        let file = CredentialFile(path)
        try file.write(.full, for: "a")
        try file.write(.full, for: "b")
        try file.setCurrent("a")
        #expect(try file.current == "a")
        try file.delete("b")
        #expect(try file.current == "a")
        try file.delete("a")
        #expect(try file.current == nil)
        #expect(!exists(path))
    }

    @Test func `a layout without a pointer has no current key`() throws {
        let file = CredentialFile(path, .flat)
        try file.setCurrent("default")
        #expect(try file.current == nil)
        #expect(!exists(path))
    }
}
