"""The solver and somebody who tries everything agree on random sites of every kind of block, trigger and function."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from flow_models.document.behaviour import AddEffect, ChangeEffect, ClearEffect, RemoveEffect, SetEffect
from flow_models.document.blocks import MODELS
from flow_models.formulas.calls import NAMES
from tests.flow_models.builders import AUTO_TRIGGERS
from tests.flow_models.solver.fuzz import compare
from tests.flow_models.solver.wild import wild

QUICK, WHOLE = 200, 20_000
"""Sites that are compared each time, and by the proof."""

SEEN = 300
"""Sites among which everything stands somewhere."""

MOVES, MOVES_PROVEN = 300, 4_000
"""Moves that each of the two may try for a site: the proof comes to the end of more of them."""

PATIENCE, PATIENCE_PROVEN = 3, 25
"""How many times more somebody who tries everything may: the proof comes to the end of nine in ten sites."""

ONCE_WRONG = (10379,)
"""Sites that one of the two once got wrong: there a costly filling that gains something hid a cheaper one."""

EFFECTS = {one.__name__ for one in (AddEffect, ChangeEffect, ClearEffect, RemoveEffect, SetEffect)}
TRIGGERS = {"use", "change", "wait", *AUTO_TRIGGERS}


def _agree(seeds: Iterable[int], moves: int, patience: int) -> Counter[str]:
    """Compare sites and return how they came out."""
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        found = compare(seed, moves, patience)
        assert not found.disagrees, (seed, found)
        outcomes[found.outcome] += 1
    return outcomes


@pytest.mark.parametrize("first", range(0, QUICK, 50))
def test_random_sites_are_solved_and_proven_impossible_as_trying_everything_says(first: int) -> None:
    outcomes = _agree(range(first, first + 50), MOVES, PATIENCE)
    assert outcomes["solved"] >= 10
    assert outcomes["infeasible"] >= 1


def test_sites_that_were_once_solved_wrongly_are_solved_as_trying_everything_says() -> None:
    assert _agree(ONCE_WRONG, MOVES, PATIENCE)["solved"] == 1


@pytest.mark.proof
@pytest.mark.parametrize("first", range(0, WHOLE, 1_000))
def test_many_random_sites_are_solved_and_proven_impossible_as_trying_everything_says(first: int) -> None:
    outcomes = _agree(range(first, first + 1_000), MOVES_PROVEN, PATIENCE_PROVEN)
    print(f"seeds {first} to {first + 999}: {dict(outcomes)}")
    assert outcomes["solved"] >= 300
    assert outcomes["infeasible"] >= 50


def test_random_sites_have_every_kind_of_block_effect_and_trigger_and_every_function() -> None:
    flows = [wild(seed) for seed in range(SEEN)]
    pages = [page.blocks_by_id for flow in flows for page in flow.pages]
    sections = [section.blocks_by_id for flow in flows for section in flow.sections]
    blocks = {block.kind for part in (*pages, *sections) for block in part.values()}
    assert blocks == MODELS.keys()
    assert {type(effect).__name__ for flow in flows for one in flow.transitions for effect in one.do} == EFFECTS
    assert {one.on.kind for flow in flows for one in flow.transitions} == TRIGGERS
    written = "".join(flow.model_dump_json() for flow in flows)
    assert {name for name in NAMES if re.search(rf"\b{name}\(", written)} == set(NAMES)


def test_random_sites_have_dialogs_rows_behind_rows_luck_and_computed_wishes() -> None:
    written = [wild(seed).model_dump_json() for seed in range(SEEN)]
    signs = ('"dialog"', "task.wish.item", "chance(0.5)", "row.size + 1", '"wait"', "show_if", "open_by_url")
    assert [sign for sign in signs if sum(sign in one for one in written) < 3] == []
