"""Web pages as a person without scripts meets them: text, forms, labelled fields and buttons."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar


@dataclass
class Field:
    """An input of a form; `label` is what a person reads beside it."""

    name: str
    kind: str
    value: str
    label: str = ""
    identifier: str = ""
    checked: bool = False


@dataclass
class Button:
    """A button of a form, by the text on it."""

    text: str
    name: str = ""
    value: str = ""
    action: str = ""


@dataclass
class Form:
    """A form with its fields and buttons."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)

    def field_labelled(self, label: str) -> Field | None:
        """The visible field whose label starts with these words."""
        matching = (one for one in self.fields if one.label.lower().startswith(label.lower()))
        return next((one for one in matching if one.kind != "hidden"), None)

    def button(self, text: str) -> Button | None:
        """The button with this text."""
        return next((one for one in self.buttons if one.text.lower() == text.lower()), None)


@dataclass
class Page:
    """A page that was loaded."""

    address: str
    status: int
    text: str
    forms: list[Form]
    fields: list[Field]

    def field_labelled(self, label: str) -> Field:
        """The visible field of any form, or of none, whose label starts with these words.

        Raises LookupError, with what the page says, if there is none.
        """
        for one in self.fields:
            if one.label.lower().startswith(label.lower()) and one.kind != "hidden":
                return one
        raise LookupError(f"no field “{label}” on {self.address} ({self.status}): {self.text}")

    def form_with_button(self, text: str) -> Form | None:
        """The form that a button with this text sends."""
        return next((form for form in self.forms if form.button(text)), None)


class PageVisitor:
    """A person's browser without a screen: keeps cookies, follows redirects, fills forms in."""

    def __init__(self, user_agent: str = "Keyfob demonstration") -> None:
        # No proxy: everything here is on the loopback interface.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self._opener.addheaders = [("User-Agent", user_agent), ("Accept", "text/html")]

    def open(self, address: str) -> Page:
        """Loads a page, as a click on a link does."""
        return self._load(urllib.request.Request(address))

    def submit(self, page: Page, button_text: str, values: dict[str, str] | None = None) -> Page:
        """Fills in the fields with these labels and presses the button.

        Raises LookupError, with what the page says, if it has no such button or field.
        """
        form = page.form_with_button(button_text)
        if form is None:
            raise LookupError(f"no button “{button_text}” on {page.address} ({page.status}): {page.text}")
        typed: dict[int, str] = {}
        for label, value in (values or {}).items():
            one = form.field_labelled(label)
            if one is None:
                raise LookupError(f"no field “{label}” on {page.address} ({page.status}): {page.text}")
            typed[id(one)] = value
        filled = [(one.name, typed.get(id(one), one.value)) for one in form.fields if _is_sent(one)]
        button = form.button(button_text)
        if button.name:
            filled.append((button.name, button.value))
        address = urllib.parse.urljoin(page.address, button.action or form.action or page.address)
        encoded = urllib.parse.urlencode(filled)
        if form.method == "get":
            return self.open(address.partition("?")[0] + "?" + encoded)
        place = urllib.parse.urlsplit(page.address)
        return self._load(urllib.request.Request(address, data=encoded.encode(), headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"{place.scheme}://{place.netloc}",
            "Referer": page.address,
        }))

    def _load(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=30) as response:
                return read_page(response.geturl(), response.status, response.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:  # an error's page is a page too
            with error:
                return read_page(error.geturl(), error.code, error.read().decode("utf-8", "replace"))


def read_page(address: str, status: int, html: str) -> Page:
    """The page that some HTML shows."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for identifier, label in reader.labels:
        for one in reader.every_field:
            if identifier and one.identifier == identifier:
                one.label = label
    return Page(address, status, " ".join(" ".join(reader.words).split()), reader.forms, reader.every_field)


def _is_sent(one: Field) -> bool:
    return bool(one.name) and (one.kind not in ("checkbox", "radio") or one.checked)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.labels: list[tuple[str, str]] = []
        self.every_field: list[Field] = []
        self._form: Form | None = None
        self._label: tuple[str, list[str], list[Field]] | None = None
        self._button: tuple[Button, list[str]] | None = None
        self._hidden = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in ("style", "script", "svg", "title"):
            self._hidden += 1
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "label":
            self._label = (given.get("for", ""), [], [])
        elif tag == "button":
            self._button = (_button(given, ""), [])
        elif tag == "input" and given.get("type") == "submit" and self._form:
            self._form.buttons.append(_button(given, given.get("value", "")))
        elif tag in ("input", "textarea", "select"):
            self._add_field(given)
        elif tag == "option" and self.every_field:
            # A list sends what is chosen, and without a choice its first entry.
            chosen = self.every_field[-1]
            if "selected" in given or not chosen.value:
                chosen.value = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script", "svg", "title"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "form":
            self._form = None
        elif tag == "label" and self._label:
            identifier, words, inside = self._label
            text = " ".join(" ".join(words).split())
            self.labels.append((identifier, text))
            for one in inside:
                one.label = text
            self._label = None
        elif tag == "button" and self._button:
            button, words = self._button
            button.text = " ".join(" ".join(words).split())
            if self._form:
                self._form.buttons.append(button)
            self._button = None

    def handle_data(self, text: str) -> None:
        if self._hidden:
            return
        self.words.append(text)
        if self._label:
            self._label[1].append(text)
        if self._button:
            self._button[1].append(text)

    def _add_field(self, given: dict[str, str]) -> None:
        one = Field(
            given.get("name", ""), given.get("type", "text").lower(), given.get("value", ""),
            given.get("aria-label", ""), given.get("id", ""), "checked" in given,
        )
        if one.kind in ("checkbox", "radio") and "value" not in given:
            one.value = "on"
        self.every_field.append(one)
        if self._form:
            self._form.fields.append(one)
        if self._label:
            self._label[2].append(one)


def _button(given: dict[str, str], text: str) -> Button:
    return Button(text, given.get("name", ""), given.get("value", ""), given.get("formaction", ""))
