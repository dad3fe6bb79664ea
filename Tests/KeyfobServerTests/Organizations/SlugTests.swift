import KeyfobServer
import Testing

struct SlugTests {
    @Test(arguments: ["a", "7", "acme", "acme-2", "a-b-c", "xn0", String(repeating: "a", count: 63)])
    func `a slug is lower-case letters, digits and single hyphens between them`(text: String) {
        #expect(Slug(text)?.text == text)
    }

    @Test(arguments: [
        "", "-", "-a", "a-", "a--b", "A", "Acme", "a b", "a_b", "a.b", ".", "..", "a/b", "a\\b", "a%2fb", "%", "_", "*",
        "a\n", "\na", "a\0", "a\u{200B}b", "аcme", "ａcme", "acmé", "acme\u{301}", "ﬁ", "org:1", "a'--", "\"", "<b>",
        String(repeating: "a", count: 64), "01234567-89ab-cdef-0123-456789abcdef",
    ])
    func `anything that could be taken for something else is none`(text: String) {
        #expect(Slug(text) == nil)
    }

    @Test(arguments: [
        ("Acme", "acme"), ("  My Project!  ", "my-project"), ("a__b--c", "a-b-c"), ("Zürich 2", "z-rich-2"),
        ("../../etc/passwd", "etc-passwd"),
        (String(repeating: "ab ", count: 40), String(repeating: "ab-", count: 19) + "a"),
        ("01234567-89AB-cdef-0123-456789abcdef", "p-01234567-89ab-cdef-0123-456789abcdef"),
    ])
    func `a name becomes a slug`(name: String, slug: String) {
        #expect(Slug(naming: name)?.text == slug)
    }

    @Test(arguments: ["", "   ", "Проект", "---", "💡"])
    func `a name without a letter for it becomes none`(name: String) {
        #expect(Slug(naming: name) == nil)
    }
}
