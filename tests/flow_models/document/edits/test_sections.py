"""Sections hold each page at most once."""

import pytest

from flow_models.document.edits import sections as edits
from flow_models.document.errors import UnknownElementError
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, page, section


def two() -> Flow:
    return flow(page("a"), page("b"), page("c"), section("s", "a", "b"), section("t", "c"), arrow("s", "a", on="open"))


def test_a_page_is_in_one_section_only() -> None:
    changed = edits.put_pages(two(), ["b", "c"], "t")
    assert [part.pages for part in changed.sections] == [("a",), ("c", "b")]
    assert [part.pages for part in edits.put_pages(changed, ["c"], None).sections] == [("a",), ("b",)]


def test_a_new_section_takes_its_pages_from_others() -> None:
    changed = edits.add_section(two(), section("u", "a", "c"))
    assert [part.pages for part in changed.sections] == [("b",), (), ("a", "c")]


def test_removing_a_section_keeps_its_pages_and_drops_its_arrows() -> None:
    changed = edits.remove_section(two(), "s")
    assert len(changed.pages) == 3
    assert changed.transitions == ()


def test_the_order_of_sections_changes() -> None:
    assert [one.id for one in edits.move_section(two(), "t", 0).sections] == ["t", "s"]


def test_pages_of_a_section_change_their_order() -> None:
    assert edits.order_page(two(), "s", "a", 1).sections[0].pages == ("b", "a")
    with pytest.raises(UnknownElementError):
        edits.order_page(two(), "s", "c", 0)
