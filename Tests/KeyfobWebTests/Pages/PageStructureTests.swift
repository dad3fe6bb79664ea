import KeyfobWeb
import Testing

struct PageStructureTests {
    private let renderer: PageRenderer
    private let outlines: [HTMLOutline]

    init() throws {
        let renderer = try PageRenderer()
        self.renderer = renderer
        outlines = SamplePages.all(saying: "text").map { HTMLOutline(renderer.render($0, brand: .keyfob)) }
    }

    @Test
    func `no page has a script, an inline style or an event handler`() {
        for tag in outlines.flatMap(\.tags) {
            #expect(!["script", "style", "iframe", "object", "base"].contains(tag.name))
            #expect(!tag.attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") })
        }
    }

    @Test
    func `the brand's style sheet and icon are all that a page loads`() {
        for outline in outlines {
            let sheet = ["rel": "stylesheet", "href": StyleSheet.path(brand: .keyfob)]
            let icon = ["rel": "icon", "type": "image/svg+xml", "href": BrandIcon.path(brand: .keyfob)]
            #expect(outline.all("link").map(\.attributes) == [sheet, icon])
            #expect(!outline.tags.contains { $0.attributes.keys.contains("src") })
        }
        #expect(!StyleSheet.text(brand: .keyfob).contains("url("))
        #expect(!StyleSheet.text(brand: .keyfob).contains("@import"))
    }

    @Test
    func `every visible input has a label`() {
        var seen = 0
        for outline in outlines {
            let labelled = Set(outline.all("label").compactMap { $0.attributes["for"] })
            let inputs = outline.all("input") + outline.all("select")
            let visible = inputs.filter { $0.attributes["type"] != "hidden" }
            #expect(visible.allSatisfy { labelled.contains($0.attributes["id"] ?? "") })
            seen += visible.count
        }
        #expect(seen == 19)
    }

    @Test
    func `every form posts and carries the CSRF token`() {
        for outline in outlines {
            let forms = outline.all("form")
            let tokens = outline.all("input").filter { $0.attributes["name"] == "csrf" }
            #expect(forms.allSatisfy { $0.attributes["method"] == "post" })
            #expect(forms.count == tokens.count)
        }
    }

    @Test
    func `every page has a language, one heading, one main part and tags that close`() {
        for outline in outlines {
            #expect(outline.all("html").map { $0.attributes["lang"] } == ["en"])
            #expect(outline.all("h1").count == 1)
            #expect(outline.all("main").count == 1)
            for name in ["div", "p", "bdi", "span", "form", "dl", "dd", "ul", "li", "svg", "button", "a"] {
                #expect(outline.all(name).count == outline.all("/" + name).count)
            }
        }
    }

    @Test
    func `an id stands for one element and described fields find their description`() {
        for outline in outlines {
            let ids = outline.tags.compactMap { $0.attributes["id"] }
            #expect(ids.count == Set(ids).count)
            let wanted = outline.tags.compactMap { $0.attributes["aria-describedby"] }
            #expect(wanted.flatMap { $0.split(separator: " ") }.allSatisfy { ids.contains(String($0)) })
        }
    }

    @Test
    func `an absent part leaves nothing behind`() {
        let approve = ApprovePage(
            action: "/approve",
            csrf: "c",
            clientName: "",
            clientVerified: false,
            account: ApprovePage.Account(name: "ada"),
            scopes: []
        )
        let html = renderer.render(.approve(approve), brand: .keyfob)
        #expect(html.contains("<bdi>An unnamed client</bdi>"))
        for absent in ["Organization", "Computer", "Requested", "It will be able to", "sent back", ">false<"] {
            #expect(!html.contains(absent))
        }
    }
}
