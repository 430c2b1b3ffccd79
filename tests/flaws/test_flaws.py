"""Every seeded flaw is found where it is, and its near miss is not taken for one."""

from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from tests.flaws.table import Flaw, assert_found

BESIDES = {"conftest", "editing", "museum", "table"}
"""The modules here that hold no cases, besides the tests."""

MODULES = {path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("test_")}

PARTS = sorted(MODULES - BESIDES)

FLAWS: tuple[Flaw, ...] = tuple(flaw for part in PARTS for flaw in import_module(f"tests.flaws.{part}").FLAWS)


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw.kind}: {flaw.name}")
def test_the_flaw_is_found_and_its_near_miss_is_none(flaw: Flaw) -> None:
    assert_found(flaw)


def test_each_kind_has_three_cases_with_names_of_their_own() -> None:
    assert {kind: count for kind, count in Counter(flaw.kind for flaw in FLAWS).items() if count < 3} == {}
    assert len({flaw.name for flaw in FLAWS}) == len(FLAWS)
