"""Which of several transitions is taken, and whether one is."""

import pytest

from flow_models.document.flow import Flow
from tests.flow_models.builders import arrow, button, field, flow, form, link, page, section, variable
from tests.flow_models.checks.asking import assert_case, problems_of


def guarded(*guards: str, submit: bool = False, enabled_if: str = "") -> Flow:
    """A page whose button leads to other pages under these guards, in this order."""
    control = button("go", submit=submit, enabled_if=enabled_if)
    arrows = [arrow("a", "b", use="go", when=guard, name=f"t{number}") for number, guard in enumerate(guards)]
    return flow(
        page("a", form("f", field("x"), control)), page("b"), *arrows,
        variable("n", "integer", 0), variable("m", "integer", 0), variable("s", "text"), variable("on", "boolean"),
    )  # fmt: skip


CASES = {
    "transition.shadowed": (guarded("", "n > 1"), guarded("n > 1", "")),
    "transition.never": (guarded("n > 1 and n < 0", ""), guarded("n > 1 and n < 3", "")),
    "transition.overlap": (guarded("n > 1", "m > 1", ""), guarded("n > 1", "n <= 1 and m > 1", "")),
    "transition.no_otherwise": (guarded("n > 1"), guarded("n > 1", "")),
    "form.no_otherwise": (guarded("n > 1", submit=True), guarded("n > 1", "", submit=True)),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize(
    "guards",
    [
        ("n > 1", "n <= 1"),
        ("n > 5", "n < 5", "n == 5"),
        ("on", "not on"),
        ("s == 'a'", "s in ['b', 'c']", "s not in ['a', 'b', 'c']"),
        ("n > m", "n < m", "m == n"),
        ("on and n > 1", "on and n <= 1", "not on"),
    ],
)
def test_guards_that_leave_no_case_need_no_otherwise_and_do_not_overlap(guards: tuple[str, ...]) -> None:
    found = guarded(*guards)
    for code in CASES:
        assert problems_of(code, found) == [], code


def test_a_button_that_is_enabled_only_then_needs_no_otherwise() -> None:
    assert problems_of("transition.no_otherwise", guarded("n > 1", enabled_if="n > 1")) == []
    assert problems_of("transition.no_otherwise", guarded("n > 1", enabled_if="n > 0"))


def test_a_section_is_the_otherwise_of_its_pages() -> None:
    shared = section("s", "a", header=(link("home"),))
    own = arrow("a", "b", use="home", when="n > 1")
    parts = (page("a"), page("b"), shared, variable("n", "integer", 0), own)
    assert problems_of("transition.no_otherwise", flow(*parts))
    assert problems_of("transition.no_otherwise", flow(*parts, arrow("s", "a", use="home"))) == []


def test_two_chances_are_two_coins() -> None:
    assert problems_of("transition.no_otherwise", guarded("chance(0.5)", "not chance(0.5)"))


def test_a_guard_that_cannot_be_read_shadows_nothing() -> None:
    assert problems_of("transition.shadowed", guarded("n >", "")) == []


def test_what_is_never_taken_is_told_once() -> None:
    for guards in (("n < 5", "n < 3", ""), ("n < 5", "n > 3", "n > 2 and n < 9")):
        found = guarded(*guards)
        shadowed = {one.elements[0] for one in problems_of("transition.shadowed", found)}
        assert shadowed
        assert shadowed.isdisjoint(one.elements[0] for one in problems_of("transition.overlap", found))


def test_chances_are_meant_to_be_tried_in_their_order() -> None:
    assert problems_of("transition.overlap", guarded("chance(0.3)", "chance(0.5)", "")) == []
    assert problems_of("transition.overlap", guarded("n > 1", "chance(0.5) and m > 1", "")) == []


def test_the_only_way_to_a_page_is_not_deleted_because_it_stands_too_late() -> None:
    found = flow(
        page("a", button("pay")), page("b", link("back")), page("paid"), variable("n", "integer", 0),
        arrow("a", "b", use="pay"), arrow("a", "paid", use="pay"), arrow("b", "a", use="back"),
    )  # fmt: skip
    [late] = problems_of("transition.shadowed", found)
    assert late.fix is None


def test_transitions_of_a_button_that_is_elsewhere_need_no_otherwise() -> None:
    away = flow(
        page("a", button("go")),
        page("b"),
        page("c"),
        variable("n", "integer", 0),
        arrow("b", "c", use="go", when="n > 1"),
    )
    assert problems_of("transition.block_elsewhere", away)
    assert problems_of("transition.no_otherwise", away) == []


@pytest.mark.parametrize(
    ("earlier", "later", "case"),
    [
        ("n <= m", "n >= m", "m equal to n"),
        ("n < 5", "n > 3", "n between 3 and 5"),
        ("n <= 5", "n >= 5", "n equal to 5"),
        ("n <= m", "n <= m + 1", None),
        ("n > 1", "on", "on and n more than 1"),
        ("s != 'a'", "s != 'b'", 's other than "a", "b"'),
    ],
)
def test_an_overlap_names_the_earlier_condition_and_a_case(earlier: str, later: str, case: str | None) -> None:
    found = problems_of("transition.overlap", guarded(earlier, later, ""))
    [overlap] = found
    assert earlier in overlap.sentence()
    assert dict(overlap.arguments)["example"] == ("" if case is None else f" Example: {case}.")


def test_what_has_no_condition_is_tried_last_and_not_what_has_one_deleted() -> None:
    start = guarded("", "n > 1")
    [found] = problems_of("transition.shadowed", start)
    assert found.fix is not None
    assert found.fix.sentence() == "Try what has no condition last"
    assert [one.when for one in found.fix.edit(start).transitions] == ["n > 1", ""]


def test_a_last_otherwise_that_says_something_is_not_deleted() -> None:
    arrows = (
        arrow("a", "b", use="go"),
        arrow("a", use="go", notice="That does not work."),
        arrow("b", "a", use="back"),
    )
    [found] = problems_of("transition.shadowed", flow(page("a", button("go")), page("b", link("back")), *arrows))
    assert found.fix is None
    assert problems_of("transition.shadowed", guarded("", ""))[0].fix is not None
