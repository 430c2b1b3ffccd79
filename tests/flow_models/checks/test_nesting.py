"""Blocks inside each other."""

import pytest

from flow_models.document.blocks import AnyBlock, Group, Tab, Tabs
from flow_models.document.flow import Flow
from flow_models.document.storage import dumps, loads
from flow_models.runtime.machine.base import limits
from tests.flow_models.builders import flow, page, words
from tests.flow_models.checks.asking import assert_case


def nested(depth: int, *, tabs: bool = False) -> Flow:
    """Return a page on which a text stands inside so many blocks."""
    block: AnyBlock = words("w", "Here")
    for number in range(depth):
        held = (block,)
        block = Tabs(id=f"b{number}", tabs=(Tab(blocks=held),)) if tabs else Group(id=f"b{number}", blocks=held)
    return flow(page("home", block))


CASES = {"block.too_deep": (nested(limits.NESTED), nested(limits.NESTED - 1))}


@pytest.mark.parametrize("code", CASES)
def test_nesting_trips_and_near_misses(code: str) -> None:
    assert_case(code, *CASES[code])


@pytest.mark.parametrize("tabs", [False, True])
def test_what_is_not_too_deep_can_be_opened_again(tabs: bool) -> None:
    drawn = nested(limits.NESTED - 1, tabs=tabs)
    assert loads(dumps(drawn)) == drawn
