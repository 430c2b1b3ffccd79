"""Menus, fold-outs and tabs with nothing behind them, and tabs that say the same."""

import pytest

from flow_models.document.blocks import FoldOut, Menu, Tab, Tabs
from tests.flow_models.builders import button, field, flow, page
from tests.flow_models.checks.asking import assert_case


def tabs(*titles: str) -> Tabs:
    return Tabs(id="t", tabs=tuple(Tab(title=title) for title in titles))


CASES = {
    "tabs.empty": (flow(page("a", tabs())), flow(page("a", tabs("One")))),
    "tabs.untitled": (flow(page("a", tabs("One", " "))), flow(page("a", tabs("One", "Two")))),
    "menu.empty": (
        flow(page("a", Menu(id="m", title="M"))),
        flow(page("a", Menu(id="m", title="M", items=(button("b"),)))),
    ),
    "fold_out.empty": (
        flow(page("a", FoldOut(id="o", title="O"))),
        flow(page("a", FoldOut(id="o", title="O", blocks=(field("x"),)))),
    ),
    "control.untitled": (flow(page("a", Menu(id="m"))), flow(page("a", Menu(id="m", title="M")))),
}


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    assert_case(code, *CASES[code])
