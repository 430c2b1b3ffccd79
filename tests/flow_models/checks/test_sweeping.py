"""Effects on all rows where some are meant."""

import pytest

from flow_models.document.behaviour import RemoveEffect
from flow_models.document.edits.blocks import replace_block
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, changes, field, flow, link, page, rows_of, table
from tests.flow_models.checks.asking import assert_case, problems_of

ITEMS = table("items", "name:text", "done:boolean", rows=(("Lamp", False), ("Desk", False)))


def removes(where: str) -> RemoveEffect:
    return RemoveEffect(table="items", where=where)


def one(*effects: object) -> Flow:
    """A page about one item, with a button that does something to items."""
    return flow(
        page("a", rows_of("list", "items", "{name}", row_controls=(link("open"),))),
        page("b", link("go"), record="items", path="/b/{record.name}"),
        ITEMS,
        arrow("a", "b", use="open"),
        arrow("b", "a", use="go", do=effects),  # type: ignore[arg-type]
    )


def some(shown: str, *effects: object, items: object = ITEMS) -> Flow:
    """A page with a list of items, and a button that does something to items."""
    return flow(
        page("a", rows_of("list", "items", "{name}", where=shown), link("go")),
        items,  # type: ignore[arg-type]
        arrow("a", use="go", do=effects),  # type: ignore[arg-type]
    )


def filtered(title: str, effect: object) -> Flow:
    """A list of items that a visitor filters, and a button that does something to items."""
    return flow(
        page(
            "a", field("name"), rows_of("list", "items", "{name}", where="name == field.name"), link("go", title=title)
        ),
        ITEMS,
        arrow("a", use="go", do=(effect,)),  # type: ignore[arg-type]
    )


CASES = {
    "sweeping.one_changed": (
        one(changes("items", "", done="true")),
        one(changes("items", "row == record", done="true")),
    ),
    "sweeping.one_removed": (one(removes("true")), one(removes("name == record.name"))),
    "sweeping.kind_changed": (
        one(changes("items", "not done", done="true")),
        one(changes("items", "not done and row == record", done="true")),
    ),
    "sweeping.kind_removed": (one(removes("row != record")), one(removes("not (row != record)"))),
    "sweeping.some_changed": (
        some("not done", changes("items", "", done="true")),
        some("", changes("items", "", done="true")),
    ),
    "sweeping.shown_changed": (
        filtered("Mark these as done", changes("items", "", done="true")),
        filtered("Mark these as done", changes("items", "name == field.name", done="true")),
    ),
    "sweeping.shown_removed": (filtered("Remove what is listed", removes("done")), filtered("Remove all", removes(""))),
    "sweeping.some_removed": (some("done", removes("")), some("done", removes("done"))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("where", ["row == row", "name == name", "done or not done", "1 == 1"])
def test_a_condition_that_always_holds_is_none(where: str) -> None:
    assert problems_of("sweeping.one_changed", one(changes("items", where, done="true")))


def test_all_rows_are_meant_where_one_is_picked_besides_or_there_is_but_one() -> None:
    both = (changes("items", "", done="false"), changes("items", "row == record", done="true"))
    assert problems_of("sweeping.one_changed", one(*both)) == []
    alone = table("items", "name:text", "done:boolean", rows=(("Lamp", False),))
    assert problems_of("sweeping.some_changed", some("not done", changes("items", "", done="true"), items=alone)) == []


@pytest.mark.parametrize(("title", "count"), [("Done", 1), ("All are done", 0), ("Mark every item", 0), ("Mark it", 1)])
def test_a_button_that_says_that_it_is_about_many_means_them(title: str, count: int) -> None:
    for where, code in (("", "sweeping.one_changed"), ("not done", "sweeping.kind_changed")):
        start = one(changes("items", where, done="true"))
        called = replace_block(start, link("go", title=title))
        assert len(problems_of(code, called)) == count


@pytest.mark.parametrize("where", ["name == record.name", "row == record or row == first(items)", "name == 'Lamp'"])
def test_a_condition_that_picks_rows_is_no_kind(where: str) -> None:
    assert problems_of("sweeping.kind_changed", one(changes("items", where, done="true"))) == []


SHARED = table(
    "items", "name:text", "price:money", "day:date", "of:row:items",
    rows=(("Lamp", "1.00", "2027-01-01", "items_2"), ("Desk", "1.00", "2027-01-02", "items_2")),
)  # fmt: skip


@pytest.mark.parametrize("where", ["price == record.price", "day <= record.day", "of == record.of"])
def test_what_rows_may_share_makes_a_kind_of_them(where: str) -> None:
    flow = one(changes("items", where, name="'x'"))
    shared = flow.rebuilt(tables=(SHARED,))
    assert problems_of("sweeping.kind_changed", shared)
    named = replace_block(shared, link("go", title=f"Do it for the {where.split()[0]}"))
    assert problems_of("sweeping.kind_changed", named) == []


@pytest.mark.parametrize(("authors", "found"), [(("Ann", "Ann"), True), (("Ann", "Ben"), False)])
def test_a_text_that_rows_share_and_that_tells_none_makes_a_kind(authors: tuple[str, str], found: bool) -> None:
    books = table("items", "name:text", "author:text", rows=(("Lamp", authors[0]), ("Desk", authors[1])))
    flow = one(changes("items", "author == record.author", name="'x'")).rebuilt(tables=(books,))
    assert bool(problems_of("sweeping.kind_changed", flow)) is found
    named = one(changes("items", "name == record.name", author="'x'")).rebuilt(tables=(books,))
    assert problems_of("sweeping.kind_changed", named) == []
