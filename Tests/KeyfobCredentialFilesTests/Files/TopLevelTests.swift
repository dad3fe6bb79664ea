import KeyfobCredentialFiles
import KeyfobCredentials
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Tokens among a product's other things")
struct TopLevelTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private let others = """

        [another-user-org]
        default_public_key = "pk_1"
        default_public_key_name = "Test Key"

        [empty-org]

        """

    // As Python's toml writes it: a float for the time, and empty tables.
    @Test func `a login, a refresh and a logout leave the tables of others`() throws {
        let path = try folder.put("token = \"old\"\norg = \"mine\"\n" + others, at: "c.toml", mode: 0o600)
        let file = CredentialFile(path, .topLevel, format: .toml)
        #expect(try file.read("default") == .pasted("old"))
        let credential = Credential(
            accessToken: Secret("new"), refreshToken: Secret("r"), expiresAt: .noon + 0.25, origin: .pasted)
        try file.write(credential, for: "default")
        #expect(
            try text(of: path) == """
                token = "new"
                org = "mine"
                refresh_token = "r"
                token_expires_at = 1790000000.25

                """ + others)
        #expect(try file.read("default") == credential)
        try file.setValue(.string("pk_2"), at: ["empty-org", "default_public_key"])
        #expect(try file.delete("default"))
        #expect(try text(of: path) == "org = \"mine\"\n" + others + "default_public_key = \"pk_2\"\n")
    }

    @Test(arguments: [("made_elsewhere", Credential.Origin.pasted), ("made_by_login", .login)])
    func `without a member for the origin, the token's beginning may tell it`(
        token: String, origin: Credential.Origin
    ) throws {
        var layout = CredentialLayout.topLevel
        layout.pastedPrefix = "made_elsewhere"
        let path = try folder.put("token = \"\(token)\"\n", at: "c.toml", mode: 0o600)
        #expect(try CredentialFile(path, layout, format: .toml).read("default")?.origin == origin)
    }

    // What another program writes in place of a time for a token that has no end.
    @Test(arguments: ["0", "0.0", "-0.0"])
    func `an end at zero is none`(zero: String) throws {
        let text = "token = \"t\"\nrefresh_token = \"\"\ntoken_expires_at = \(zero)\n"
        let path = try folder.put(text, at: "c.toml", mode: 0o600)
        #expect(try CredentialFile(path, .topLevel, format: .toml).read("default") == .pasted("t"))
    }

    @Test func `a whole second is still a fraction, as other readers want it`() throws {
        let file = CredentialFile(folder.path("c.toml"), .topLevel, format: .toml)
        try file.write(Credential(accessToken: Secret("t"), expiresAt: .noon, origin: .pasted), for: "default")
        #expect(try text(of: file.path) == "token = \"t\"\ntoken_expires_at = 1790000000.0\n")
    }

    @Test func `a file that others may read is tightened, its text as it was`() throws {
        let path = try folder.put("token = \"t\" # mine\n", at: "c.toml", mode: 0o644)
        let warnings = Warnings()
        let file = CredentialFile(path, .topLevel, format: .toml, warnings: warnings)
        #expect(try file.read("default") == .pasted("t"))
        #expect(try PathFacts(path).permissions == 0o600)
        #expect(warnings.all.count == 1)
        #expect(try text(of: path) == "token = \"t\" # mine\n")
    }

    @Test func `a malformed file is set aside, and a login starts clean`() throws {
        let path = try folder.put("token = \"t\norg = 1\n", at: "c.toml")
        let file = CredentialFile(path, .topLevel, format: .toml)
        #expect(code { () throws(CredentialStoreError) in try file.write(.pasted("n"), for: "default") } == .corrupt)
        let aside = try #require(try file.setAside())
        #expect(try text(of: aside) == "token = \"t\norg = 1\n")
        try file.write(.pasted("n"), for: "default")
        #expect(try file.read("default") == .pasted("n"))
    }

    @Test func `a token that is taken away leaves a null where the product wants one`() throws {
        let layout = CredentialLayout(
            container: .one(name: "default", path: []), names: .init(accessToken: "AUTH_TOKEN"), absentIsNull: true)
        let path = try folder.put(#"{"user_id": 1, "AUTH_TOKEN": "t"}"#, at: "c.json")
        let file = CredentialFile(path, layout)
        #expect(try file.delete("default"))
        #expect(try file.delete("default") == false)
        #expect(try text(of: path) == "{\n  \"user_id\": 1,\n  \"AUTH_TOKEN\": null\n}\n")
        #expect(try file.read("default") == nil)
        try file.write(.pasted("n"), for: "default")
        #expect(try file.document()?.text(indent: nil) == #"{"user_id":1,"AUTH_TOKEN":"n"}"# + "\n")
    }

    @Test func `what a token was exchanged for is kept beside it, and is never worth an error`() throws {
        let layout = CredentialLayout(
            container: .one(name: "default", path: []),
            names: .init(
                accessToken: "token", exchangedToken: ["session", "token"],
                exchangedExpiresAt: ["session", "expires_at"]))
        let file = CredentialFile(folder.path("c.json"), layout)
        var credential = Credential.pasted("long")
        credential.exchanged = Credential.Exchanged(token: Secret("short"), expiresAt: .noon)
        try file.setValue(.string("https://a.example"), at: ["base_url"])
        try file.write(credential, for: "default")
        #expect(
            try file.document()?.text(indent: nil)
                == #"{"base_url":"https://a.example","token":"long","session":{"token":"short","expires_at":1790000000}}"#
                + "\n")
        #expect(try file.read("default") == credential)
        #expect(credential.exchanged?.isFresh(at: .noon - 61) == true)
        #expect(credential.exchanged?.isFresh(at: .noon - 60) == false)
        try file.setValue(.string("soon"), at: ["session", "expires_at"])
        #expect(try file.read("default") == .pasted("long"))
        #expect(try file.delete("default"))
        #expect(try file.document()?.text(indent: nil) == #"{"base_url":"https://a.example"}"# + "\n")
    }
}
