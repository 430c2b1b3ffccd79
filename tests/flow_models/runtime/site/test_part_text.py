"""The accessibility text of what is written."""

from collections.abc import Callable

from flow_models.runtime.machine.pages.view import Text
from flow_models.runtime.site.page_text import PageWriter
from flow_models.runtime.site.writer import Writer
from tests.flow_models.runtime.site.samples import SITE


def written(describe: Callable[[Writer], None], number: int = 1) -> str:
    """Return the text of a part that is described, beginning with a number at the left."""
    writer = PageWriter(SITE, None, lambda w, _part: describe(w), frozenset())
    writer.unread(number, lambda _w: None)
    writer.part(Text("t", "", "plain"))
    return writer.axtree


def test_every_element_counts_whether_it_has_a_line_or_not() -> None:
    def describe(w: Writer) -> None:
        w.open("div")
        w.leaf("p", "Hello", (), "paragraph ''")
        w.close()
        w.named("hr", "", (), "separator ''")

    assert written(describe) == "\n[2] paragraph ''\n\tStaticText 'Hello'\n[3] separator ''"


def test_a_text_that_is_part_of_the_name_is_not_repeated() -> None:
    def describe(w: Writer) -> None:
        w.open("li", (), "listitem ''", "One two")
        w.text("two")
        w.text("three")
        w.close()

    assert written(describe) == "\n[1] listitem ''\n\tStaticText 'three'"


def test_what_describes_an_element_is_named_by_its_number() -> None:
    def describe(w: Writer) -> None:
        w.leaf("p", "", (), "paragraph ''")
        w.open("input", (), "textbox 'A'", "", None, (-1, 1))
        w.close()
        w.leaf("p", "", (), "paragraph ''")

    assert written(describe, 7).split("\n")[2] == "[8] textbox 'A', describedby='e7 e9'"


def test_a_text_before_the_first_number_is_not_lost() -> None:
    def describe(w: Writer) -> None:
        w.leaf("span", "Mark")
        w.leaf("p", "", (), "paragraph ''")

    assert written(describe) == "\nStaticText 'Mark'\n[2] paragraph ''"


def test_numbers_beyond_those_at_hand_are_made() -> None:
    assert written(lambda w: w.named("hr", "", (), "separator ''"), 9000) == "\n[9000] separator ''"
