"""The elements of a document as tests ask for them, read off the HTML: numbers, tags, texts and attributes."""

from html.parser import HTMLParser
from typing import NamedTuple

from flow_models.runtime.site import Rendered

_VOID = ("hr", "input", "link", "meta")


class Item(NamedTuple):
    """One element; `text` is all that is inside it, `inner` the numbers of its children."""

    tag: str
    attributes: dict[str, str]
    text: list[str]
    inner: list[int]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.open: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        number = len(self.items)
        if self.open:
            self.items[self.open[-1]].inner.append(number)
        self.items.append(Item(tag, {name: value or "" for name, value in attrs}, [], []))
        if tag not in _VOID:
            self.open.append(number)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.items[self.open[-1]].text.append(data)


def outline(rendered: Rendered) -> list[Item]:
    """Return the elements of a document; the place of each is its number."""
    parser = _Parser()
    parser.feed(rendered.html(b"seed"))
    return parser.items
