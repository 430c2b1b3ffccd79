"""Every seeded flaw is found where it is, and its near miss is not taken for one."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from flow_models.checks import check
from flow_models.checks.problem import distinct
from tests.flaws.table import Flaw, assert_found, base_of, problems

BESIDES = {"conftest", "editing", "museum", "table"}
"""The modules here that hold no cases, besides the tests."""

MODULES = {path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("test_")}

PARTS = sorted(MODULES - BESIDES)

FLAWS: tuple[Flaw, ...] = tuple(flaw for part in PARTS for flaw in import_module(f"tests.flaws.{part}").FLAWS)


def _cases() -> Iterator[ParameterSet]:
    """Yield the flaws; the tests of every day take of each kind the first trial and the first example that is drawn.

    A trial of an example is for the proof.
    """
    met = set[tuple[str, bool, bool]]()
    for flaw in FLAWS:
        is_trial, is_example = bool(flaw.task), isinstance(flaw.base, str)
        known = (flaw.kind, is_trial, is_example)
        is_long = (is_trial and is_example) or ((is_trial or is_example) and known in met)
        met.add(known)
        yield pytest.param(flaw, id=f"{flaw.kind}: {flaw.name}", marks=[pytest.mark.proof] if is_long else [])


@pytest.mark.parametrize("flaw", tuple(_cases()))
def test_the_flaw_is_found_and_its_near_miss_is_none(flaw: Flaw) -> None:
    assert_found(flaw)


@pytest.mark.parametrize("name", ["another amount", "another branch", "k_pay after another one"])
def test_a_flaw_that_a_walk_shows_is_no_second_problem_of_the_drawing(name: str) -> None:
    [flaw] = [one for one in FLAWS if one.name == name]
    broken = flaw.edit(base_of(flaw))
    drawn = {one for one in check(broken) if one.severity == "warning"} - set(check(base_of(flaw)))
    assert drawn, "the drawing says nothing of it"
    assert drawn.isdisjoint(distinct((*check(broken), *problems(flaw, broken))))


def test_each_kind_has_three_cases_with_names_of_their_own() -> None:
    assert {kind: count for kind, count in Counter(flaw.kind for flaw in FLAWS).items() if count < 3} == {}
    assert len({flaw.name for flaw in FLAWS}) == len(FLAWS)
