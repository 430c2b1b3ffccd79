"""Pages that cannot be reached, left or used for a task."""

import pytest

from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange
from tests.flow_models.builders import (
    adds,
    arrow,
    changes,
    clears,
    expect_added,
    flow,
    link,
    page,
    section,
    sets,
    shop,
    table,
    task,
    variable,
    words,
)
from tests.flow_models.checks.asking import assert_case, problems_of

ORDERS = table("orders", "note:text")
THERE_AND_BACK = (arrow("a", "b", use="go"), arrow("b", "a", use="back"))


def with_goal(*ways: object, limit: int = 40) -> Flow:
    """Pages a → b → c, where c adds an order."""
    goal = arrow("c", use="buy", do=(adds("orders", note="'x'"),), notice="Done")
    return flow(
        page("a", link("go")), page("b", link("on")), page("c", link("buy"), link("home")), ORDERS, goal,
        arrow("a", "b", use="go"), arrow("c", "a", use="home"),
        *ways,  # type: ignore[arg-type]
        task("order", expect=(expect_added("orders", note="'x'"),), max_steps=limit),
    )  # fmt: skip


def shutting(when: str) -> Flow:
    """Pages a ↔ b, where a variable is 0 or 2 for ever."""
    ways = (arrow("a", "b", use="go", when=when), arrow("b", "a", use="back"))
    return flow(
        page("a", link("go"), link("set")), page("b", link("back")), variable("v", "integer", 0), *ways,
        arrow("a", use="set", do=(sets("v", "2"),)),
    )  # fmt: skip


AROUND = (
    arrow("b", "c", use="on"), arrow("a", "d", use="other"), arrow("d", "e", use="x"), page("d", link("x")),
    page("e", link("y")),
)  # fmt: skip


def asking(*ways: object) -> Flow:
    """A dialog with a button that adds an order, and a link."""
    return flow(
        page("a", link("go")), page("b", link("buy"), link("no"), kind="dialog"), ORDERS,
        arrow("a", "b", use="go"), arrow("b", "close", use="buy", do=(adds("orders", note="'x'"),)),
        *ways,  # type: ignore[arg-type]
    )  # fmt: skip


CASES = {
    "page.one_way": (asking(), asking(arrow("b", "close", use="no"))),
    "page.unreachable": (
        flow(page("a", link("go")), page("b", link("back")), THERE_AND_BACK[1]),
        flow(page("a", link("go")), page("b", link("back")), *THERE_AND_BACK),
    ),
    "page.shut": (shutting("v == 1"), shutting("v == 2")),
    "page.dialog_unopened": (
        flow(page("a"), page("b", link("back"), kind="dialog"), arrow("b", "close", use="back")),
        flow(page("a", link("go")), page("b", link("back"), kind="dialog"), arrow("a", "b", use="go"),
             arrow("b", "close", use="back")),
    ),
    "page.dead_end": (
        flow(page("a", link("go")), page("b"), THERE_AND_BACK[0]),
        flow(page("a", link("go")), page("b", link("back")), *THERE_AND_BACK),
    ),
    "page.trap": (with_goal(*AROUND, arrow("e", "d", use="y")), with_goal(*AROUND, arrow("e", "a", use="y"))),
    "task.no_way": (
        flow(page("a"), ORDERS, task("order", expect=(expect_added("orders"),))),
        shop(),
    ),
    "task.unreachable": (with_goal(), with_goal(arrow("b", "c", use="on"))),
    "task.too_far": (with_goal(arrow("b", "c", use="on"), limit=2), with_goal(arrow("b", "c", use="on"), limit=3)),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_a_dialog_that_closes_is_no_dead_end() -> None:
    start = flow(page("a", link("go")), page("b", link("x"), kind="dialog"), arrow("a", "b", use="go"))
    assert problems_of("page.dead_end", start)
    closed = start.rebuilt(transitions=(*start.transitions, arrow("b", "close", use="x")))
    assert problems_of("page.dead_end", closed) == []


def test_a_transition_of_a_section_leads_on_from_all_its_pages() -> None:
    pages = (page("a", link("go")), page("b"), page("c"), arrow("a", "b", use="go"), arrow("a", "c", on="open"))
    assert {found.elements[0].id for found in problems_of("page.dead_end", flow(*pages))} == {"b", "c"}
    shared = (section("s", "b", header=(link("home"),)), arrow("s", "a", use="home"))
    assert {found.elements[0].id for found in problems_of("page.dead_end", flow(*pages, *shared))} == {"c"}


def test_a_page_that_opens_by_its_address_is_reachable() -> None:
    start = flow(page("a"), page("b", open_by_url="true"))
    assert problems_of("page.unreachable", start) == []
    assert problems_of("page.unreachable", flow(page("a"), page("b", open_by_url="false")))


def test_what_comes_after_the_goal_is_no_trap() -> None:
    after = flow(
        page("a", link("buy")), page("b", link("x")), page("c", link("y")), ORDERS,
        arrow("a", "b", use="buy", do=(adds("orders", note="'x'"),)),
        arrow("b", "c", use="x"), arrow("c", "b", use="y"),
        task("order", expect=(expect_added("orders", note="'x'"),)),
    )  # fmt: skip
    assert problems_of("page.trap", after) == []


def test_clearing_a_table_is_a_way_to_remove_its_rows() -> None:
    gone = ExpectedChange(kind="removed", table="orders")
    orders = table("orders", "note:text", rows=(("x",),))
    asked = task("tidy", expect=(gone,))
    without = flow(page("a", link("go")), orders, arrow("a", use="go", notice="Done"), asked)
    cleared = flow(page("a", link("go")), orders, arrow("a", use="go", do=(clears("orders"),)), asked)
    assert problems_of("task.no_way", without)
    assert not problems_of("task.no_way", cleared)


def test_what_is_never_shown_or_comes_behind_what_always_happens_leads_nowhere() -> None:
    hidden = flow(page("a", link("go", show_if="1 == 2")), page("b", link("back")), *THERE_AND_BACK)
    assert problems_of("page.shut", hidden)
    first = arrow("a", use="go", notice="Not yet.", name="first")
    assert problems_of("page.shut", flow(page("a", link("go")), page("b", link("back")), first, *THERE_AND_BACK))


def test_a_value_that_a_task_a_row_or_another_variable_brings_counts() -> None:
    def asks(when: str, *parts: object) -> Flow:
        ways = (arrow("a", "b", use="go", when=when), arrow("b", "a", use="back"))
        return flow(page("a", link("go")), page("b", link("back")), *ways, *parts)  # type: ignore[arg-type]

    mode = variable("mode", initial="plain")
    assert problems_of("page.shut", asks("mode == 'grand'", mode))
    assert not problems_of("page.shut", asks("mode == 'grand'", mode, task("t", setup=(sets("mode", "'grand'"),))))
    states = table("items", "state:choice:new|old", rows=(("new",),))
    assert problems_of("page.shut", asks("first(items).state == 'old'", states))
    assert not problems_of("page.shut", asks("first(items).state == 'new'", states))
    ageing = arrow("a", on="open", do=(changes("items", "true", state="'old'"),))
    assert not problems_of("page.shut", asks("first(items).state == 'old'", states, ageing))
    other = variable("other", initial="grand")
    copying = arrow("a", on="enter", do=(sets("mode", "other"),))
    assert not problems_of("page.shut", asks("mode == 'grand'", mode, other, copying))


def test_a_dialog_cannot_be_left_by_what_its_section_shows_behind_it() -> None:
    ways = (arrow("a", "b", use="go"), section("s", "a", "b", header=(link("home"),)), arrow("s", "a", use="home"))
    assert problems_of("page.dead_end", flow(page("a", link("go")), page("b", kind="dialog"), *ways))
    assert not problems_of("page.dead_end", flow(page("a", link("go")), page("b"), *ways))


def test_a_ring_in_which_a_question_can_be_answered_is_no_trap() -> None:
    shown = table("items", "state:text", rows=(("new",),))
    ring = (arrow("a", "d", use="other"), arrow("d", "e", use="x"), arrow("e", "d", use="y"))
    asked = task("ask", answer="first(items, value=state, default='')")

    def asking(said: str) -> Flow:
        pages = (page("a", link("other"), words("w", "{count(items)}")), page("d", link("x")))
        return flow(*pages, page("e", link("y"), words("v", said)), *ring, shown, asked)

    assert {found.elements[0].id for found in problems_of("page.trap", asking("Nothing"))} == {"d", "e"}
    assert problems_of("page.trap", asking("{first(items, value=state, default='')}")) == []
