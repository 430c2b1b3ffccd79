"""What never happens because what it waits for never comes about."""

import pytest

from flow_models.document.blocks import NoticeBlock
from flow_models.document.data import Generate, RangeGenerator
from flow_models.document.field_blocks import NumberField
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, link, page, rows_of, sets, table, variable, words
from tests.flow_models.checks.asking import assert_case, problems_of


def mood(value: str, *, notice: str = "") -> Flow:
    """A page that knows a mood, which a link sets."""
    return flow(
        page("a", words("w", "Sad?", show_if="mood == 'sad'"), link("go"), link("set"),
             NoticeBlock(id="n", text="So sad.", show_if="mood == 'sad'")),
        page("b", link("back")),
        variable("mood", "text", "good"),
        arrow("a", use="go", when="mood == 'sad'", notice=notice, name="sad", do=(sets("mood", "'good'"),)),
        arrow("a", "b", use="go"),
        arrow("b", "a", use="back"),
        arrow("a", use="set", do=(sets("mood", value),)),
    )  # fmt: skip


CASES = {
    "barred.block": (mood("'bad'"), mood("'sad'")),
    "barred.notice": (mood("'bad'"), mood("'sad' if mood == 'good' else 'bad'")),
    "barred.arrow": (mood("'bad'"), mood("'sad'")),
    "barred.message": (mood("'bad'", notice="Cheer up."), mood("'sad'", notice="Cheer up.")),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_value_that_nobody_knows_can_be_any() -> None:
    assert problems_of("barred.block", mood("lower('SAD')")) == []


def shelf(condition: str) -> Flow:
    """A page with books of 90 to 620 pages, three of fixed prices, a counter that ends at three and a notice."""
    books = table("books", "pages:integer").rebuilt(
        generate=Generate(minimum=2, maximum=4, columns={"books_pages": RangeGenerator(minimum="90", maximum="620")})
    )
    return flow(
        page("a", link("go"), rows_of("l", "books", "{pages}"), NoticeBlock(id="n", text="Now.", show_if=condition)),
        books,
        table("toys", "price:money", rows=(("3.00",), ("4.50",), ("9.00",))),
        variable("tries", "integer", 0),
        arrow("a", use="go", when="tries < 3", do=(sets("tries", "tries + 1"),)),
    )


@pytest.mark.parametrize(
    ("never", "sometimes"),
    [
        ("tries > 3", "tries == 3"),
        ("tries * 2 >= 7", "tries * 2 >= 6"),
        ("any(books, pages > 620)", "any(books, pages >= 620)"),
        ("any(books, pages < -5)", "any(books, pages > -5)"),
        ("count(books, pages < 90) > 0", "count(books, pages < 91) > 0"),
        ("any(toys, price > 9)", "any(toys, price == 4.5)"),
        ("any(toys, price == 4)", "not any(toys, price == 4)"),
        ("count(toys) > 3", "count(toys) >= 3"),
        ("any(books, pages > 500 and pages < 200)", "any(books, pages > 200 and pages < 500)"),
    ],
)
def test_numbers_that_never_come_about_are_told(never: str, sometimes: str) -> None:
    assert problems_of("barred.notice", shelf(sometimes)) == []
    assert problems_of("barred.notice", shelf(never))


@pytest.mark.parametrize("written", ["field.x", "tries + 1", "count(toys, price > 2)"])
def test_a_number_that_a_visitor_drives_up_can_be_any(written: str) -> None:
    start = flow(
        page(
            "a",
            NumberField(id="x", name="x", title="X"),
            link("go"),
            NoticeBlock(id="n", text="Now.", show_if="tries > 900"),
        ),
        table("toys", "price:money", rows=(("3.00",),)),
        variable("tries", "integer", 0),
        arrow("a", use="go", do=(sets("tries", written),)),
    )
    assert problems_of("barred.notice", start) == []
