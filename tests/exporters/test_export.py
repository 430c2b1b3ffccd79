"""The way from a flow to a package: its stages, its report, and what it refuses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exporters.card import POLICIES
from exporters.errors import ExportError
from exporters.export import Report, export
from flow_models.compiler import CompileError
from flow_models.document.flow import Flow
from flow_models.solver.audit import Audit
from flow_models.solver.instances import Instances, build_instances
from tests.exporters.conftest import COUNTS, silent


def test_stages_come_in_order_and_each_reaches_its_end(library: Flow, tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    export(library, tmp_path, (1, 0, 0), lambda *said: heard.append(said[:3]), check=False)
    stages = list(dict.fromkeys(stage for stage, _, _ in heard))
    assert stages == ["compile", "instances", "variants", "walks", "interfaces", "audit", "study", "wheel"]
    assert all(any(named == stage and done == of for named, done, of in heard) for stage in stages)


def test_the_report_tells_instances_and_cheap_policies(exported: Report) -> None:
    assert exported.tasks == (
        {"task": "borrow-book", "instances": sum(COUNTS), "infeasible": 0, "longest": 4, "max_steps": 20},
    )
    assert exported.is_held_down
    assert len(exported.policies["borrow-book"].shares(POLICIES)) == len(POLICIES)


def test_a_cheap_policy_that_earns_too_much_is_not_held_down(exported: Report) -> None:
    found = exported.policies["borrow-book"]
    loose = Audit(found.task, found.seeds, {**found.successes, "random": 400}, found.best, found.limits)
    assert not exported._replace(policies={"borrow-book": loose}).is_held_down


def test_a_task_with_fewer_instances_than_asked_is_remarked(
    library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def poorly(*args: Any, **kwargs: Any) -> Instances:
        made = build_instances(*args, **kwargs)
        reports = {task: replace(report, asked=50, gave_up=3, untold=2) for task, report in made.reports.items()}
        return replace(made, reports=reports)

    monkeypatch.setattr("exporters.proving.build_instances", poorly)
    few, untold, left_out, *_ = export(library, tmp_path, (2, 0, 0), silent, check=False).remarks
    assert "2 of 50" in few
    assert "left out 2 instances, because neither the goal nor any page tells" in untold
    assert "left out 3 instances" in left_out


def test_a_flow_without_tasks_is_refused(library: Flow, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as refused:
        export(library.rebuilt(tasks=()), tmp_path, COUNTS, silent, check=False)
    assert refused.value.message_id == "export.no_tasks"


def test_no_training_instances_are_refused(library: Flow, tmp_path: Path) -> None:
    with pytest.raises(ExportError) as refused:
        export(library, tmp_path, (0, 1, 1), silent, check=False)
    assert refused.value.message_id == "export.no_training"


def test_a_task_without_any_instance_is_refused(library: Flow, tmp_path: Path) -> None:
    hopeless = library.rebuilt(tasks=tuple(task.rebuilt(require="1 == 2") for task in library.tasks))
    with pytest.raises(ExportError, match="borrow-book") as refused:
        export(hopeless, tmp_path, (1, 0, 0), silent, check=False)
    assert refused.value.message_id == "export.no_instances"


def test_a_flow_with_mistakes_is_refused(library: Flow, tmp_path: Path) -> None:
    wrong = library.rebuilt(tasks=tuple(task.rebuilt(require="nobody ==") for task in library.tasks))
    with pytest.raises(CompileError):
        export(wrong, tmp_path, COUNTS, silent, check=False)


def test_a_write_that_fails_leaves_nothing_behind(
    library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *args: object, **kwargs: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(ExportError, match="No space left"):
        export(library, tmp_path, (1, 0, 0), silent, check=False)
    assert list(tmp_path.iterdir()) == []
