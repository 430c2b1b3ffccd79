"""Transitions from, to and on what is not there."""

import pytest

from flow_models.document.behaviour import AddEffect, ChangeEffect, ClearEffect, RemoveEffect, SetEffect
from flow_models.document.flow import Flow
from tests.flow_models.builders import adds, arrow, changes, field, flow, link, page, sets, table, variable
from tests.flow_models.checks.asking import assert_case, problems_of


def doing(*effects: AddEffect | ChangeEffect | ClearEffect | RemoveEffect | SetEffect) -> Flow:
    return flow(
        page("a", link("go")), table("t", "x"), table("p", "x", durable=False), variable("v"),
        arrow("a", use="go", do=effects),
    )  # fmt: skip


CASES = {
    "transition.no_source": (
        flow(page("a"), arrow("gone", "a", on="enter")),
        flow(page("a"), page("b"), arrow("b", "a", on="enter")),
    ),
    "transition.no_target": (
        flow(page("a", link("go")), arrow("a", "gone", use="go")),
        flow(page("a", link("go")), page("b"), arrow("a", "b", use="go")),
    ),
    "transition.close_no_dialog": (
        flow(page("a", link("go")), arrow("a", "close", use="go")),
        flow(page("a", link("go"), kind="dialog"), arrow("a", "close", use="go")),
    ),
    "transition.nothing": (
        flow(page("a", link("go")), arrow("a", use="go")),
        flow(page("a", link("go"), field("filter")), arrow("a", use="go")),
    ),
    "effect.gone": (doing(SetEffect(variable="gone", value="1")), doing(SetEffect(variable="v", value="'1'"))),
    "effect.no_value": (doing(sets("v", " ")), doing(sets("v", "'x'"))),
    "effect.no_column": (doing(adds("t", gone="'x'")), doing(adds("t", x="'x'"))),
    "effect.clears_durable": (doing(ClearEffect(target="t")), doing(ClearEffect(target="p"), ClearEffect(target="v"))),
    "effect.twice": (
        doing(changes("t", "x == 'a'", x="x + 'b'"), changes("t", "x == 'a'", x="x + 'b'")),
        doing(sets("v", "'x'"), sets("v", "'x'"), changes("t", "x == 'a'", x="x + 'b'")),
    ),
    "effect.changes_nothing": (doing(changes("t", "x == 'a'")), doing(changes("t", "x == 'a'", x="'b'"))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])


def test_effects_on_tables_that_are_gone_are_named_one_by_one() -> None:
    start = doing(
        RemoveEffect(table="gone"), adds("gone", x="1"), changes("gone", "", x="1"), ClearEffect(target="gone")
    )
    assert [found.elements[0].field for found in problems_of("effect.gone", start)] == ["do.0", "do.1", "do.2", "do.3"]
