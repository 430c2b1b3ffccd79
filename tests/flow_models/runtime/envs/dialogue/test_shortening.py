"""Pages in fewer words still say all that somebody needs who acts on them."""

import re

import pytest

from flow_models.runtime.envs.dialogue.shortening import in_parts, shortened
from flow_models.runtime.site import Rendered, Site
from tests.flow_models.runtime.examples import EXAMPLES, machine_of, variants_of, visits

PAGE = """RootWebArea 'Books · Library', focused, url='https://library.test/books'
\t[9] banner ''
\t\t[16] link 'All books', url='https://library.test/books'
\t[20] main ''
\t\t[21] heading 'Books'
\t\t[22] paragraph ''
\t\t\tStaticText "Today's books"
\t\t[23] table 'Books'
\t\t\t[24] caption ''
\t\t\t\tStaticText 'Books'
\t\t\t[25] rowgroup ''
\t\t\t\t[26] row ''
\t\t\t\t\t[27] cell 'Dune'
\t\t\t\t\t\t[28] link 'Dune', url='https://library.test/books/1'
\t\t\t\t\t[29] cell 'On loan'
\t\t[30] textbox 'Name' value='Ana', focused, required
\t\t\tStaticText 'Ana'
\t\t[31] button 'Borrow', disabled=True"""

SHORT = """Books · Library, focused
 [16] link 'All books'
 # Books
 Today's books
 table 'Books'
  [28] link 'Dune' | On loan
 [30] textbox 'Name' value='Ana', focused, required
 [31] button 'Borrow', disabled=True"""


def test_a_page_in_fewer_words() -> None:
    assert shortened(PAGE) == SHORT


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_text_and_every_control_is_still_there(name: str) -> None:
    """On pages that random visitors see, in variants: each use that a page offers, and each text that it says."""
    machine = machine_of(name)
    site = Site.of(machine.program)
    for episode, variant in zip(visits(machine, episodes=6, length=12), variants_of(machine, 90) * 3, strict=False):
        page = Rendered(episode.view, site.dressed(variant)).axtree
        short = shortened(page)
        numbers = set(re.findall(r"\[(\w+)\] (?:button|link|textbox|combobox|checkbox|radio|option|tab|slider) ", page))
        assert numbers <= set(re.findall(r"\[(\w+)\]", short))
        words = set(re.findall(r"[\w€.,:]+", " ".join(re.findall(r"StaticText '([^'\\]*)'", page))))
        assert words <= set(re.findall(r"[\w€.,:]+", short))
        assert len(short) < len(page)


def test_a_long_page_comes_in_parts_that_hold_all_of_it() -> None:
    parts = in_parts(SHORT, 80)
    assert "\n".join(parts.texts) == SHORT
    assert all(len(part) <= 80 for part in parts.texts)
    assert len(parts.texts) > 2
    assert "shows the one before" not in parts.said(0)
    assert parts.said(1).count("Part 2 of") == 1
    assert "shows the next" not in parts.said(len(parts.texts) - 1)
    assert in_parts(SHORT, None).texts == (SHORT,)
    assert in_parts("x" * 500, 200).texts == ("x" * 500,)


def test_no_text_of_a_page_can_be_taken_for_an_element() -> None:
    page = "RootWebArea 'x'\n\t[3] row ''\n\t\t[4] cell '[12] button'\n\t\t[5] cell 'a | b'\n\t[12] button 'Go'"
    assert shortened(page) == "x\n '[12] button' | 'a | b'\n [12] button 'Go'"
    for text in ("see [7] link 'All'", "# Books", "(Part 1 of 1.)", "Page: https://a.test/"):
        assert shortened(f"RootWebArea 'x'\n\tStaticText {text!r}") == f"x\n {text!r}"
    assert shortened("RootWebArea 'x'\n\tStaticText 'Room [7], 2 #'") == "x\n Room [7], 2 #"
