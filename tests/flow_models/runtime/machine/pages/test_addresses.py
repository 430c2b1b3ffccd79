"""Paths of pages and records, there and back."""

from typing import TYPE_CHECKING

import pytest

from tests.flow_models.builders import arrow, flow, heading, link, page, rows_of, table
from tests.flow_models.runtime.machine.play import Play

if TYPE_CHECKING:
    from flow_models.document.data import Table
    from flow_models.runtime.machine import Machine


def site(path: str, *rows: tuple[str | int | None, ...]) -> Play:
    items: Table = table("items", "code:text", "n:integer", "price:money", rows=rows)
    listing = rows_of("list", "items", "{code}", row_controls=(link("open"),))
    item = page("item", heading("h", "{record.code}"), record="items", path=path)
    return Play(flow(page("home", listing), page("plain", path=""), item, items, arrow("home", "item", use="open")))


ROWS = (("a b/ü", 1, "2.00"), ("second", 2, "3.00"))


def there_and_back(path: str) -> list[str]:
    play = site(path, *ROWS)
    machine: Machine = play.machine
    start, state = play.episode.start, play.episode.state
    found = []
    for row in play.rows("items"):
        address = machine.address(start, state, "item", str(row["key"]))
        assert machine.match(start, state, address) == ("item", row["key"])
        found.append(address)
    return found


def test_values_in_a_path_are_encoded() -> None:
    assert there_and_back("/items/{record.code}") == ["/items/a%20b%2F%C3%BC", "/items/second"]


def test_numbers_and_amounts_can_name_a_record() -> None:
    assert there_and_back("/items/{record.n}") == ["/items/1", "/items/2"]
    assert there_and_back("/items/{record.price}") == ["/items/%242.00", "/items/%243.00"]


def test_several_values_can_name_a_record() -> None:
    assert there_and_back("/items/{record.n}-{record.code}/edit")[1] == "/items/2-second/edit"


def test_a_path_that_does_not_name_its_record_gets_its_key() -> None:
    assert there_and_back("/items") == ["/items/items_1", "/items/items_2"]


def test_a_page_without_a_path_is_addressed_by_its_id() -> None:
    play = site("/items", *ROWS)
    assert play.machine.address(play.episode.start, play.episode.state, "plain") == "/plain"


def test_the_links_of_a_list_lead_to_the_pages_of_their_rows() -> None:
    play = site("/items/{record.code}", *ROWS)
    hrefs = [control.href for control in play.view.controls() if hasattr(control, "href")]
    assert hrefs == ["/items/a%20b%2F%C3%BC", "/items/second"]


def test_an_unknown_path_means_nothing() -> None:
    play = site("/items/{record.n}", *ROWS)
    start, state = play.episode.start, play.episode.state
    assert [play.machine.match(start, state, path) for path in ("/items/3", "/items/x", "/items/1/", "")] == [None] * 4


@pytest.mark.parametrize("text", ["--1", "٣", "9" * 5000, "1.0", "-", ""])
def test_what_is_no_number_names_no_record(text: str) -> None:
    play = site("/items/{record.n}", *ROWS)
    result = play.do("goto", value=f"/items/{text}")
    assert (play.view.title, result.end_reason) == ("Page not found", "")


def test_a_long_wrong_path_is_refused_without_trying_how_it_could_be_cut() -> None:
    # A pattern with 24 holes would still be at it when the test's time is over.
    play = site("/" + "{record.n}-{record.code}-" * 12 + "end", *ROWS)
    play.do("goto", value="/" + "1-" * 4_000 + "/end")
    assert play.view.title == "Page not found"
