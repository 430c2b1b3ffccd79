"""By what equal parts are found again."""

from flow_models.runtime.machine.base.words import Phrase
from flow_models.runtime.machine.pages.content import content_of
from flow_models.runtime.machine.pages.view import (
    Button,
    Heading,
    Link,
    ListRow,
    ListView,
    Menu,
    Navigation,
    NoticeBox,
    Text,
)
from tests.flow_models.runtime.site.samples import everything


def test_equal_parts_have_equal_contents() -> None:
    # Rows of lists are known by identity, as the machine makes each only once.
    contents = [[content_of(part) for part in everything().parts if not isinstance(part, ListView)] for _ in range(2)]
    assert contents[0] == contents[1]
    assert len(set(contents[0])) == len(contents[0])


def test_whatever_differs_tells_parts_apart() -> None:
    first = Navigation("n", "Main", (Link("l", "", "Home", "/"), Link("m", "", "Help", "/help")))
    other = Navigation("n", "Main", (Link("l", "", "Home", "/"), Link("m", "", "Help", "/other")))
    closed, opened = (Button("m", "menu", "Menu", "quiet", True, False, "", state) for state in ("closed", "open"))
    menus = (Menu("m", "", closed, False, ()), Menu("m", "", opened, True, ()))
    headings = (Heading("h", "Pay", 1), Heading("h", "Pay", 2))
    kinds = (NoticeBox("h", "Pay", "x"), Text("h", "Pay", "x"))
    for pair in ((first, other), menus, headings, kinds):
        assert content_of(pair[0]) != content_of(pair[1])


def test_texts_that_variants_say_otherwise_tell_parts_apart_though_they_are_drawn_alike() -> None:
    one, other = Phrase(("a ", "b c"), "a "), Phrase(("a b", " c"), "a b")
    assert one == other
    assert content_of(Heading("h", one, 1)) != content_of(Heading("h", other, 1))


def test_what_has_been_written_of_a_part_does_not_matter() -> None:
    part = Heading("h", "Pay", 1)
    before = content_of(part)
    part.cache = object()
    assert content_of(part) == before


def test_rows_are_known_by_identity() -> None:
    row, twin = ListRow("r", ("a",), ()), ListRow("r", ("a",), ())
    lists = [ListView("l", "", "table", (), (shown,), "") for shown in (row, row, twin)]
    assert content_of(lists[0]) == content_of(lists[1])
    assert content_of(lists[0]) != content_of(lists[2])
