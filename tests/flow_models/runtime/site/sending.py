"""What a browser would send from a page: read out of the HTML alone, as somebody who forges requests would."""

from html.parser import HTMLParser

Data = list[tuple[str, str]]


class Sendable(HTMLParser):
    """The fields of a page with their present values, and what can be used.

    Attributes:
        fields: Names and values as the page would post them.
        used: Names of enabled buttons and of links.
        disabled: Names of disabled buttons.
        options: Values that fields offer, by the field's name.
        taken: Names and values of places that nobody can choose.
        texts: Names of text boxes.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.used: list[str] = []
        self.disabled: list[str] = []
        self.options: dict[str, list[str]] = {}
        self.taken: Data = []
        self.texts: list[str] = []
        self._select = ""
        self._area = ""
        self._inert: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Take note of a control."""
        given = {key: value or "" for key, value in attributes}
        if self._inert or "inert" in given:
            self._inert += [tag] if tag not in ("input", "meta", "link", "br", "hr", "img") else []
            return
        name = given.get("name", "")
        if tag == "button" and name:
            (self.disabled if "disabled" in given else self.used).append(name)
        elif tag == "a" and "data-go" in given:
            self.used.append(given["data-go"])
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
            self.texts.append(name)
        elif tag == "select":
            self._select, self.options[name] = name, []
        elif tag == "option":
            self.options[self._select].append(given["value"])
            if "selected" in given:
                self.fields[self._select] = given["value"]
        elif tag == "input" and name:
            self._input(name, given)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if self._inert:
            self._inert.pop()
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Read a text area."""
        if self._area:
            self.fields[self._area] += data.removeprefix("\n")

    def _input(self, name: str, given: dict[str, str]) -> None:
        """Take note of an input."""
        if given.get("type") == "radio" and "disabled" in given:
            self.taken.append((name, given["value"]))
        elif given.get("type") == "radio":
            self.options.setdefault(name, []).append(given["value"])
            if "checked" in given:
                self.fields[name] = given["value"]
        elif given.get("type") == "checkbox":
            if "checked" in given:
                self.fields[name] = given["value"]
        else:
            self.fields[name] = given.get("value", "")
            self.texts.append(name)

    def sent(self, used: str) -> Data:
        """Return what the page posts when something is used."""
        return [*self.fields.items(), ("all", "1"), ("go", used)]
