import KeyfobWeb
import Testing

struct HostileTextTests {
    private let renderer: PageRenderer

    init() throws {
        renderer = try PageRenderer()
    }

    // The last two hide the character in a grapheme cluster, where an escape by `Character` does not find it.
    @Test(arguments: [
        "<script>alert(1)</script>",
        "</title></bdi><img src=x onerror=alert(1)>",
        "\" autofocus onfocus=\"alert(1)",
        "' onfocus='alert(1)",
        "{{{brandName}}}{{> layout}}<b>",
        "&lt;b&gt;",
        "\u{0D4E}<script>alert(1)\u{0D4E}</script>",
        "\"\u{0301} onfocus=alert(1) x=\"\u{200D}",
    ])
    func `text in any field changes no tag and no attribute of any page`(hostile: String) {
        for (page, harmless) in zip(SamplePages.all(saying: hostile), SamplePages.all(saying: "harmless")) {
            let outline = HTMLOutline(renderer.render(page, brand: .keyfob))
            #expect(outline.structure == HTMLOutline(renderer.render(harmless, brand: .keyfob)).structure)
        }
    }

    @Test
    func `a brand's name changes no tag either`() throws {
        let page = Page.signIn(SignInPage(action: "/", csrf: "c"))
        let brand = try Brand(name: "<b>\"Evil\"", accent: "#000000")
        let outline = HTMLOutline(renderer.render(page, brand: brand))
        #expect(outline.structure == HTMLOutline(renderer.render(page, brand: .keyfob)).structure)
    }

    @Test
    func `control and direction characters are not shown`() {
        let text = "Ex\u{0}am\u{202E}ple\u{2069}\u{7}\u{1B}[31m\u{200B}\u{FEFF}"
        let html = renderer.render(.problem(ProblemPage(title: text, happened: "h", nextStep: "n")), brand: .keyfob)
        #expect(html.contains("<h1><bdi>Example[31m</bdi></h1>"))
    }

    @Test
    func `line breaks and runs of spaces become one space`() {
        let page = ProblemPage(title: " a\r\n\t b\u{2028}c ", happened: "h", nextStep: "n")
        #expect(renderer.render(.problem(page), brand: .keyfob).contains("<h1><bdi>a b c</bdi></h1>"))
    }

    @Test
    func `an overlong name is cut with an ellipsis`() {
        let page = DonePage(outcome: .approved, clientName: String(repeating: "W", count: 5_000))
        let html = renderer.render(.done(page), brand: .keyfob)
        #expect(html.contains("<bdi>" + String(repeating: "W", count: 100) + "…</bdi>"))
    }

    @Test
    func `emoji and scripts that need joiners stay whole`() {
        let name = "👩‍💻 نمی‌خواهم é"
        let html = renderer.render(.done(DonePage(outcome: .denied, clientName: name)), brand: .keyfob)
        #expect(html.contains("<bdi>\(name)</bdi>"))
    }

    @Test
    func `a hidden field carries its value back unchanged`() {
        let value = "a  b\u{202E}&<\"" + String(repeating: "x", count: 1_000)
        let page = SignInPage(action: "/", csrf: "c", returnTo: value)
        let inputs = HTMLOutline(renderer.render(.signIn(page), brand: .keyfob)).all("input")
        let escaped = "a  b\u{202E}&amp;&lt;&quot;" + String(repeating: "x", count: 1_000)
        #expect(inputs.first { $0.attributes["name"] == "return_to" }?.attributes["value"] == escaped)
    }
}
