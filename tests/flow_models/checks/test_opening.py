"""Addresses that open what the ways to a page ask something for."""

from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, changes, flow, link, page, table
from tests.flow_models.checks.asking import assert_case, problems_of

ITEMS = table("items", "note:text")


def shop(opens: str, before: str = "1 == 2", *, lasting: bool = True) -> Flow:
    """A page whose record can be changed, behind a list."""
    do = (changes("items", "row == record", note="'x'"),) if lasting else ()
    return flow(
        page("a", link("go")),
        page("b", link("edit"), open_by_url=before),
        page("c", link("save"), record="items", path="/c/{record.note}", open_by_url=opens),
        ITEMS,
        arrow("a", "b", use="go"),
        arrow("b", "c", use="edit", record="first(items)"),
        arrow("c", "a", use="save", do=do),
    )


CASES = {"page.open_to_all": (shop("true"), shop("1 == 2"))}


def test_a_page_that_opens_to_everybody_though_all_before_it_ask_something_is_found() -> None:
    assert_case("page.open_to_all", *CASES["page.open_to_all"])


def test_what_is_open_before_it_too_or_changes_nothing_is_no_problem() -> None:
    assert problems_of("page.open_to_all", shop("true", before="true")) == []
    assert problems_of("page.open_to_all", shop("true", lasting=False)) == []
