"""Every flow that ships with Gymwright exports as a package that is proven in a clean environment."""

from pathlib import Path

import pytest

import resources
from exporters.export import export
from flow_models.compiler import compile_flow
from flow_models.document import storage
from tests.exporters.conftest import silent

COUNTS = (2, 1, 1)
FIRST = ("three_pages", "list_and_detail")
"""Those to begin with, whose only task is done by matching words, which is said."""
EASY = "it teaches little beyond reading"
FLOWS = sorted(
    path
    for folder in ("examples", "templates")
    for path in resources.path(folder).glob("*.flow.json")
    if storage.load(path).tasks
)


def name_of(path: Path) -> str:
    return path.name.removesuffix(".flow.json")


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.parametrize("file", FLOWS, ids=name_of)
def test_a_flow_that_ships_exports_and_is_proven(file: Path, prepared: Path, tmp_path: Path) -> None:
    flow = storage.load(file)
    report = export(flow, tmp_path, COUNTS, silent, seeds=20)
    assert report.verification is not None
    assert (report.verification.status, report.verification.detail) == ("verified", "")
    # Every instance as drawn, and the first of each task that can be done in a variant too.
    as_drawn, tasks = sum(COUNTS) * len(flow.tasks), len(flow.tasks)
    assert as_drawn < report.verification.walks <= as_drawn + tasks
    assert [one for one in report.remarks if not (name_of(file) in FIRST and EASY in one)] == []


def test_north_bank_is_exported_as_the_module_that_its_users_import() -> None:
    program = compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program
    assert program.module == "northbank"
