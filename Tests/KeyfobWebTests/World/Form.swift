import KeyfobProtocol
import KeyfobTestSupport

/// A form as a browser finds it in a page.
struct Form {
    /// A name and a value.
    struct Field: Equatable {
        let name: String
        var value: String
    }

    let action: String
    let method: String
    /// Inputs with the values that the page gave them.
    private(set) var fields: [Field] = []
    /// Buttons that have a name.
    private(set) var buttons: [Field] = []

    /// All forms of a page.
    static func all(in html: String) -> [Form] {
        var forms: [Form] = []
        var isOpen = false
        var list: String?
        for tag in HTMLOutline(html).tags {
            switch tag.name {
            case "form":
                forms.append(
                    Form(action: decoded(tag.attributes["action"]), method: tag.attributes["method"] ?? "get")
                )
                isOpen = true
            case "/form":
                isOpen = false
            case "select" where isOpen:
                list = tag.attributes["name"]
            case "option" where isOpen && tag.attributes["selected"] != nil:
                guard let name = list else { continue }
                let value = decoded(tag.attributes["value"])
                forms[forms.count - 1].fields.append(Field(name: decoded(name), value: value))
            case "input" where isOpen && tag.attributes["type"] == "checkbox" && tag.attributes["checked"] == nil:
                continue
            case "input" where isOpen, "button" where isOpen:
                guard let name = tag.attributes["name"] else { continue }
                let field = Field(name: decoded(name), value: decoded(tag.attributes["value"]))
                if tag.name == "input" {
                    forms[forms.count - 1].fields.append(field)
                } else {
                    forms[forms.count - 1].buttons.append(field)
                }
            default: continue
            }
        }
        return forms
    }

    private init(action: String, method: String) {
        self.action = action
        self.method = method
    }

    /// The value of a field.
    subscript(_ name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields = fields.filter { $0.name != name } + (newValue.map { [Field(name: name, value: $0)] } ?? [])
        }
    }

    /// Adds a value to those that a field has already, as one more checked box does.
    mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// What a browser sends when a button is pressed; `nil` presses the one without a name.
    ///
    /// - Throws: `Missing` if the form has no such button.
    func pressing(_ button: String?) throws -> FormFields {
        var pairs = fields.map { ($0.name, Optional($0.value)) }
        if let button {
            let pressed = try buttons.first { $0.value == button }.orFail()
            pairs.append((pressed.name, pressed.value))
        }
        return FormFields(pairs)
    }

    private static func decoded(_ text: String?) -> String {
        var text = text ?? ""
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ] {
            text = text.replacing(entity, with: character)
        }
        return text
    }
}
