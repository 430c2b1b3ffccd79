"""Forms whose fields are copied on their way are filled in no more steps than by somebody who tries everything."""

from collections import Counter
from collections.abc import Iterable

import pytest

from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from tests.flow_models.solver.brute import tried
from tests.flow_models.solver.forms import WORDS, forms
from tests.flow_models.solver.sites import machine_of

QUICK, WHOLE = 25, 2_000
"""Sites that are compared each time, and by the proof."""

MOVES, MOVES_PROVEN = 1_500, 20_000
"""Moves that may be tried for a site."""

DEEP = 6
"""Steps up to which nothing may lead to what is called impossible."""


def _outcomes(seeds: Iterable[int], moves: int) -> Counter[str]:
    """Compare sites and return how they came out."""
    outcomes: Counter[str] = Counter()
    for seed in seeds:
        machine = machine_of(forms(seed))
        start = machine.draw("do", 0)
        found = Solver(machine).solve(start, budget=Budget(moves))
        outcomes[found.status] += 1
        if found.status in ("gave_up", "untold") or any(event.kind == "goto" for event in found.events):
            continue
        limit = found.steps or DEEP
        plain = tried(machine, start, lambda _field: ("", *WORDS, "?"), moves, limit=limit + 1, by_forms=True)
        outcomes["compared"] += plain.length is not None or plain.is_all or plain.depth >= limit
        assert plain.length is None or plain.length == found.steps, (seed, found, plain)
        assert plain.length is not None or not plain.is_all or found.status != "solved", (seed, found, plain)
    return outcomes


def test_random_forms_are_filled_in_the_fewest_steps() -> None:
    outcomes = _outcomes(range(QUICK), MOVES)
    assert outcomes["solved"] >= 4
    assert outcomes["compared"] >= 8


@pytest.mark.proof
@pytest.mark.parametrize("first", range(0, WHOLE, 200))
def test_many_random_forms_are_filled_in_the_fewest_steps(first: int) -> None:
    outcomes = _outcomes(range(first, first + 200), MOVES_PROVEN)
    print(f"seeds {first} to {first + 199}: {dict(outcomes)}")
    assert outcomes["compared"] >= 100
