"""Every seeded flaw is found where it is, and its near miss is not taken for one."""

from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.flaws.table import Flaw, assert_found

BESIDES = {"conftest", "editing", "museum", "table", "test_flaws", "test_table"}
"""The modules here that hold no cases."""

PARTS = sorted({path.stem for path in Path(__file__).parent.glob("*.py")} - BESIDES)

FLAWS: tuple[Flaw, ...] = tuple(flaw for part in PARTS for flaw in import_module(f"tests.flaws.{part}").FLAWS)


def _cases() -> Iterator[ParameterSet]:
    """Yield the flaws; of those of one kind that take a trial of an example, all but the first are for the proof."""
    tried = set[str]()
    for flaw in FLAWS:
        is_slow = bool(flaw.task) and isinstance(flaw.base, str)
        marks = [pytest.mark.proof] if is_slow and flaw.kind in tried else []
        tried |= {flaw.kind} if is_slow else set()
        yield pytest.param(flaw, id=f"{flaw.kind}: {flaw.name}", marks=marks)


@pytest.mark.parametrize("flaw", tuple(_cases()))
def test_the_flaw_is_found_and_its_near_miss_is_none(flaw: Flaw) -> None:
    assert_found(flaw)


def test_each_kind_has_three_cases_with_names_of_their_own() -> None:
    assert {kind: count for kind, count in Counter(flaw.kind for flaw in FLAWS).items() if count < 3} == {}
    assert len({flaw.name for flaw in FLAWS}) == len(FLAWS)
