"""What belongs to whoever is signed in."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, clears, flow, link, page, rows_of, section, sets, table, variable, words
from tests.flow_models.checks.asking import assert_case


def site(
    *,
    inside: str = "who != empty",
    out: tuple[object, ...] = (clears("who"), clears("pick")),
    letter: str = "who != empty and record.owner == who",
    said: str = "Come in.",
    listed: str = "owner == who",
) -> Flow:
    """A door, three pages behind it, and letters of two people."""
    return flow(
        page("door", words("d", said), link("enter")),
        page(
            "letters",
            rows_of("list", "mails", "{text}", where=listed, row_controls=(link("open"),)),
            open_by_url="who != empty",
        ),
        page("picked", words("w", "{pick.text}"), link("log_out", title="Log out"), open_by_url="who != empty"),
        page("all", words("v", "{count(mails)}"), open_by_url=inside),
        page(
            "letter",
            words("u", "{record.text}"),
            link("take"),
            record="mails",
            path="/letter/{record.code}",
            open_by_url=letter,
        ),
        section("s", "letters", "picked", "all", "letter", header=(link("on"),)),
        table("people", "name:text", rows=(("ann",), ("ben",))),
        table(
            "mails", "code:text", "owner:row:people", "text:text", rows=(("1", "people_1", "x"), ("2", "people_2", "y"))
        ),
        variable("who", "row:people"),
        variable("pick", "row:mails"),
        arrow("door", "letters", use="enter", do=(sets("who", "first(people)"),)),
        arrow("letters", "letter", use="open"),
        arrow("s", "all", use="on"),
        arrow("letter", "picked", use="take", do=(sets("pick", "record"),)),
        arrow("picked", "door", use="log_out", do=out),  # type: ignore[arg-type]
    )


CASES = {
    "page.open_beside": (site(inside="true"), site(inside="who == first(people)")),
    "page.open_to_others": (site(letter="who != empty"), site(letter="record.owner == who")),
    "signing.listed": (site(listed=""), site(listed="", letter="who != empty")),
    "signing.stays": (site(out=(clears("pick"),)), site(out=(sets("who", "empty"), clears("pick")))),
    "signing.shown": (site(said="{count(mails)} letters"), site(said="{count(people)} people")),
    "signing.leftover": (site(out=(clears("who"),)), site(out=(clears("who"), sets("pick", "empty")))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
