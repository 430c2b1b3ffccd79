"""HTML for agents from snapshots made by hand; tests/parity compares with BrowserGym's own."""

from typing import Any

from flow_models.runtime.envs.chromium.pruning import pruned

Element = tuple[str, dict[str, str], list[Any]]
"""A tag, attributes, and what is inside: elements and texts."""


def snapshot(*inside: Element) -> dict[str, Any]:
    """Return what Chromium would answer for a document with these elements in its body."""
    strings: list[str] = []
    nodes: dict[str, list[Any]] = {
        key: [] for key in ("parentIndex", "nodeType", "nodeName", "nodeValue", "attributes")
    }

    def index(text: str) -> int:
        strings.append(text)
        return len(strings) - 1 if text else -1

    def add(parent: int, kind: int, name: str, value: str = "", attributes: dict[str, str] | None = None) -> int:
        listed = [index(text) for pair in (attributes or {}).items() for text in pair]
        for key, item in zip(nodes, (parent, kind, index(name), index(value), listed), strict=True):
            nodes[key].append(item)
        return len(nodes["nodeType"]) - 1

    def grow(parent: int, part: Element | str) -> None:
        if isinstance(part, str):
            add(parent, 3, "#text", part)
            return
        number = add(parent, 1, part[0].upper() if ":" not in part[0] else part[0], attributes=part[1])
        for inner in part[2]:
            grow(number, inner)

    document = add(-1, 9, "#document")
    add(document, 10, "html")
    grow(document, ("html", {"bid": "0"}, [("body", {"bid": "1"}, [*inside])]))
    return {"strings": strings, "documents": [{"nodes": nodes}]}


def test_wrappers_that_have_only_a_number_are_left_out() -> None:
    inside = ("div", {"bid": "2"}, [("p", {"bid": "3"}, ["One"]), ("p", {"bid": "4", "class": "lead"}, ["Two"])])
    assert pruned(snapshot(inside)) == 'One\n<p bid="4" class="lead">\n Two\n</p>\n'


def test_scripts_styles_links_and_breaks_are_left_out() -> None:
    dropped: list[Element] = [(tag, {"bid": "2"}, ["x"]) for tag in ("script", "style", "link", "br")]
    assert pruned(snapshot(*dropped, ("b", {"bid": "3"}, []))) == '<b bid="3">\n</b>\n'


def test_attributes_stand_by_name_and_without_browsergyms_marks() -> None:
    attributes = {"type": "text", "bid": "2", "required": "", "aria-roledescription": "browsergym_id_2 "}
    described = {"bid": "3", "aria-description": "browsergym_id_3 A box"}
    assert pruned(snapshot(("input", attributes, []), ("hr", described, []))) == (
        '<input bid="2" required="" type="text"/>\n<hr aria-description="A box" bid="3"/>\n'
    )


def test_texts_and_values_are_in_one_line_and_escaped() -> None:
    inside = ("a", {"bid": "2", "title": 'a\n"b"'}, ["  1 < 2\n& 3 "])
    assert pruned(snapshot(inside)) == '<a bid="2" title="a &quot;b&quot;">\n 1 &lt; 2 &amp; 3\n</a>\n'


def test_white_space_counts_in_a_box_of_several_lines() -> None:
    assert (
        pruned(snapshot(("textarea", {"bid": "2"}, [" one\n\n two "]))) == '<textarea bid="2"> one   two </textarea>\n'
    )
    assert pruned(snapshot(("textarea", {"bid": "2"}, []))) == '<textarea bid="2"></textarea>\n'


def test_what_the_style_sheet_adds_stands_as_a_text() -> None:
    inside = ("button", {"bid": "2"}, [("::after", {}, []), "More", ("span", {"bid": "3"}, ["x"])])
    assert pruned(snapshot(inside)) == '<button bid="2">\n &lt;::after&gt;More\n x\n</button>\n'
