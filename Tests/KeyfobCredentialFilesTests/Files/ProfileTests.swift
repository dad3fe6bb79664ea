import KeyfobCredentialFiles
import KeyfobCredentials
import KeyfobYAMLFiles
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Profiles in one file")
struct ProfileTests {
    private let folder: TemporaryFolder
    private let file: CredentialFile

    init() throws {
        folder = try TemporaryFolder()
        file = CredentialFile(folder.path("config.yaml"), .profiles, format: .yaml)
    }

    private func put(_ text: String) throws {
        try folder.put(text, at: "config.yaml")
    }

    private var text: String {
        get throws { try KeyfobCredentialFilesTests.text(of: file.path) }
    }

    private let top = """
        auth:
          token: your_api_token
          expires: 2024-12-31T00:00:00Z
        defaults:
          project: my-project
          output: table

        """

    private let flat = """
        profiles:
          default:
            token: personal_token
            project: personal-project
          work:
            token: work_token
            project: work-project
            api_endpoint: https://api.work.example

        """

    private let nested = """
        profiles:
          work:
            auth:
              token: work_token
            defaults:
              project: work-project
            api:
              endpoint: https://api.work.example

        """

    @Test func `the top level is the default profile`() throws {
        try put(top)
        var expected = Credential.pasted("your_api_token")
        expected.expiresAt = Date(timeIntervalSince1970: 1_735_603_200)
        #expect(try file.read("default") == expected)
        #expect(try file.list() == ["default"])
        #expect(try file.setting("project", for: "default")?.text == "my-project")
    }

    @Test func `a profile called default hides the top level`() throws {
        try put(top + flat)
        #expect(try file.read("default") == .pasted("personal_token"))
        #expect(try file.setting("project", for: "default")?.text == "personal-project")
        #expect(try file.list() == ["default", "work"])
        try file.write(.pasted("new"), for: "default")
        #expect(try file.value(at: ["profiles", "default", "token"])?.text == "new")
        #expect(try file.value(at: ["auth", "token"])?.text == "your_api_token")
    }

    @Test func `both shapes of a profile are read`() throws {
        for text in [flat, nested] {
            try put(text)
            #expect(try file.read("work") == .pasted("work_token"))
            #expect(try file.setting("project", for: "work")?.text == "work-project")
            #expect(try file.setting("endpoint", for: "work")?.text == "https://api.work.example")
        }
    }

    @Test func `the shape that is found is kept`() throws {
        try put(nested)
        var credential = Credential.pasted("new")
        credential.refreshToken = Secret("r")
        credential.expiresAt = .noon
        try file.write(credential, for: "work")
        try file.setSetting("project", to: .string("other"), for: "work")
        #expect(
            try text == """
                profiles:
                  work:
                    auth:
                      token: new
                      refresh_token: r
                      expires: 2026-09-21T14:13:20Z
                      origin: pasted
                    defaults:
                      project: other
                    api:
                      endpoint: https://api.work.example

                """)
    }

    @Test func `a new profile is flat, and the default one is the top level`() throws {
        try file.write(.pasted("w"), for: "work")
        try file.write(.pasted("d"), for: "default")
        try file.setCurrent("work")
        try file.setSetting("project", to: .string("p"), for: "default")
        #expect(
            try text == """
                profiles:
                  work:
                    token: w
                    origin: pasted
                auth:
                  token: d
                  origin: pasted
                current_profile: work
                defaults:
                  project: p

                """)
        #expect(try file.current == "work")
    }

    @Test func `signing out leaves the settings, the pointer and the other profiles`() throws {
        try put("current_profile: work\n" + top + flat)
        #expect(try file.delete("work"))
        #expect(try file.read("work") == nil)
        #expect(try file.list() == ["default"])
        #expect(try file.entries() == ["default", "work"])
        #expect(try file.setting("project", for: "work")?.text == "work-project")
        #expect(try file.current == "work")
        #expect(try text == ("current_profile: work\n" + top + flat).replacing("    token: work_token\n", with: ""))
    }

    @Test func `signing out of the top level leaves what is not the token's`() throws {
        try put("# mine\n" + top)
        #expect(try file.delete("default"))
        #expect(try text == "# mine\ndefaults:\n  project: my-project\n  output: table\n")
        #expect(try file.entries() == ["default"])
    }

    @Test func `a removed profile is gone with all that is in it`() throws {
        try put("current_profile: work\n" + top + flat)
        #expect(try file.removeEntry("work"))
        #expect(try file.removeEntry("work") == false)
        #expect(try file.entries() == ["default"])
        #expect(try file.current == nil)
        #expect(try file.value(at: ["profiles", "work"]) == nil)
    }

    @Test func `one bad profile takes no other with it`() throws {
        try put("auth: 5\n" + flat + "  bad:\n    token: [1]\n")
        #expect(try file.read("work") == .pasted("work_token"))
        #expect(code { () throws(CredentialStoreError) in _ = try file.read("bad") } == .corrupt)
        let aside = try #require(try file.setAside())
        #expect(try KeyfobCredentialFilesTests.text(of: aside).contains("bad:"))
        #expect(try file.list() == ["default", "work"])
    }

    @Test func `a bad top level is set aside, and a login starts clean`() throws {
        try put("auth: 5\ndefaults:\n  project: p\n")
        #expect(code { () throws(CredentialStoreError) in try file.write(.full, for: "default") } == .corrupt)
        #expect(try file.setAside() != nil)
        try file.write(.pasted("t"), for: "default")
        #expect(try file.read("default") == .pasted("t"))
        #expect(try file.setting("project", for: "default")?.text == "p")
    }

    @Test func `the fast path finds the profile in use, and leaves the keyring to the full way`() throws {
        try put("current_profile: work\n" + flat + "  apart:\n    token: stale\n    store: keyring\n")
        func token(_ key: String?) -> String? {
            CredentialFile.quickAccessToken(path: file.path, format: .yaml, layout: .profiles, key: key, now: .noon)?
                .reveal()
        }
        #expect(token(nil) == "work_token")
        #expect(token("default") == "personal_token")
        #expect(token("apart") == nil)
    }
}
