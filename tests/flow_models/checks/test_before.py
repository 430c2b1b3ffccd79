"""What can happen before something has been chosen."""

from flow_models.checks.before import before
from flow_models.checks.context import Context
from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, flow, link, page, sets, table, variable


def site() -> Flow:
    """Two choices one after the other, and pages that ask for them by address or on the way."""
    return flow(
        page("a", link("pick"), link("go", show_if="second != empty")),
        page("b", link("on"), open_by_url="first != empty"),
        page("c", open_by_url="second != empty"),
        page("d", open_by_url="first == empty"),
        table("toys", "name:text", rows=(("Ball",),)),
        variable("first", "row:toys"),
        variable("second", "row:toys"),
        arrow("a", "b", use="pick", do=(sets("first", "first(toys)"),)),
        arrow("b", "c", use="on", do=(sets("second", "first(toys)"),)),
        arrow("a", "c", use="go"),
    )


def test_pages_and_addresses_that_ask_for_a_choice_come_after_it() -> None:
    context = Context(site())
    found = before(context, ["a"], (), {"a-pick-b"})
    assert (found.pages, found.entries, found.filled) == ({"a", "d"}, {"d"}, set())
    later = before(context, ["a"], (), {"b-on-c"})
    assert (later.pages, later.filled) == ({"a", "b", "d"}, {"first"})


def test_what_is_set_on_a_way_opens_others() -> None:
    found = before(Context(site()), ["a"], (), ())
    assert (found.entries, found.arrows) == ({"b", "c", "d"}, {"a-pick-b", "b-on-c", "a-go-c"})
    assert before(Context(site()), ["a"], {"second"}, {"a-pick-b"}).pages == {"a", "c", "d"}
