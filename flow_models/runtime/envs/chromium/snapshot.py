"""Makes of a document what Chromium's `DOMSnapshot.captureSnapshot` answers, without layout: `pruning` the other way.

Elements are numbered and marked as BrowserGym does. Where boxes are nobody knows without a browser: there are none.
"""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from ...site.elements import VOID_TAGS

_ELEMENT: Final = 1
_TEXT: Final = 3
_DOCUMENT: Final = 9
_DOCTYPE: Final = 10

_TICKED: Final = ("checkbox", "radio")


class Marked(NamedTuple):
    """What BrowserGym says of an element besides its number: whether it is in reach, and whether it can be used."""

    is_shown: bool
    is_used: bool

    @property
    def properties(self) -> dict[str, Any]:
        """It as an entry of `extra_element_properties`."""
        is_marked = self.is_shown and self.is_used
        visibility = 1.0 if self.is_shown else 0.0
        return {"visibility": visibility, "bbox": None, "clickable": self.is_used, "set_of_marks": is_marked}


class Snapshot(NamedTuple):
    """A document as BrowserGym observes it.

    Attributes:
        dom: What `captureSnapshot` would answer.
        properties: BrowserGym's `extra_element_properties`.
    """

    dom: dict[str, Any]
    properties: dict[str, dict[str, Any]]


def snapshot_of(html: str, url: str, marked: Callable[[int], Marked]) -> Snapshot:
    """Return the snapshot of a document.

    Args:
        html: The document as `Rendered.html` writes it.
        url: Its address.
        marked: What is to be said of the element with a number.
    """
    reader = _Reader(marked)
    reader.feed(html)
    reader.close()
    return Snapshot(reader.snapshot(url), reader.properties)


class _Reader(HTMLParser):
    """Gathers the nodes of a document."""

    def __init__(self, marked: Callable[[int], Marked]) -> None:
        super().__init__()
        self.properties: dict[str, dict[str, Any]] = {}
        self._marked = marked
        self._places: dict[str, int] = {}
        self._columns: list[tuple[int, int, int, int, list[int]]] = []
        self._clickable: list[int] = []
        self._holder: list[int] = []  # the attributes of the field whose content comes, its value last
        self._open: list[tuple[str, int]] = [("#document", self._add(_DOCUMENT, "#document"))]

    def handle_decl(self, decl: str) -> None:
        """Take the type of the document."""
        self._add(_DOCTYPE, decl.partition(" ")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the beginning of an element."""
        number = len(self.properties)
        one = self._marked(number)
        self.properties[str(number)] = one.properties
        said = {
            **{name: value or "" for name, value in attrs},
            "browsergym_visibility_ratio": "1" if one.is_shown else "0",
            "bid": str(number),
            "browsergym_set_of_marks": "1" if one.is_shown and one.is_used else "0",
            **_held(tag, dict(attrs)),
        }
        place = self._add(_ELEMENT, tag.upper(), attributes=said)
        if tag in ("select", "textarea"):
            self._holder = self._columns[place][-1]
        elif tag == "option" and ("selected" in said or self._holder[-1] < 0):
            self._holder[-1] = self._string(said.get("value", ""))
        if one.is_used:
            self._clickable.append(place)
        if tag not in VOID_TAGS:
            self._open.append((tag, place))

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if self._open[-1][0] == "textarea":
            data = data.removeprefix("\n")
            self._holder[-1] = self._string(data)
        if data:
            self._add(_TEXT, "#text", data)

    def snapshot(self, url: str) -> dict[str, Any]:
        """Return all that was gathered."""
        types, parents, names, values, attributes = map(list, zip(*self._columns, strict=True))
        nodes = {
            "nodeType": types,
            "parentIndex": parents,
            "nodeName": names,
            "nodeValue": values,
            "attributes": attributes,
            "backendNodeId": list(range(1, len(types) + 1)),
            "isClickable": {"index": self._clickable},
            "contentDocumentIndex": {"index": [], "value": []},
        }
        layout = ("nodeIndex", "bounds", "text", "styles", "offsetRects", "scrollRects", "clientRects", "paintOrders")
        document = {
            "documentURL": self._string(url),
            "nodes": nodes,
            "layout": {name: [] for name in layout},
            "textBoxes": {"layoutIndex": [], "bounds": [], "start": [], "length": []},
            "scrollOffsetX": 0,
            "scrollOffsetY": 0,
        }
        return {"documents": [document], "strings": list(self._places)}

    def _add(self, kind: int, name: str, value: str = "", attributes: Mapping[str, str] | None = None) -> int:
        """Add a node below what is open and return its place."""
        parent = self._open[-1][1] if self._columns else -1
        listed = [self._string(text) for pair in (attributes or {}).items() for text in pair]
        self._columns.append((kind, parent, self._string(name), self._string(value), listed))
        return len(self._columns) - 1

    def _string(self, text: str) -> int:
        """Return the place of a text among the strings; the empty one has none."""
        return self._places.setdefault(text, len(self._places)) if text else -1


def _held(tag: str, attributes: Mapping[str, str | None]) -> dict[str, str]:
    """Return what an element holds, as BrowserGym writes it into its attributes."""
    usual = {
        "button": "",
        "select": "",
        "textarea": "",
        "li": "0",
        "input": "on" if attributes.get("type") in _TICKED else "",
    }.get(tag)
    return {} if usual is None else {"value": attributes.get("value") or usual}
