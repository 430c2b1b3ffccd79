"""Two runs are compared in pairs, and a run is judged anew by what was done in it."""

from pathlib import Path
from typing import Any

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.about import about_run
from flow_models.runtime.envs.evaluating.comparing import compared, flipped
from flow_models.runtime.envs.evaluating.oracle import Oracle
from flow_models.runtime.envs.evaluating.plan import Scope, planned
from flow_models.runtime.envs.evaluating.policies import OfFunction, Policy
from flow_models.runtime.envs.evaluating.regrading import regraded
from flow_models.runtime.envs.evaluating.running import Run, begun, play_all

SOLVED = tuple[Bundle, list[dict[str, Any]]]


def played(bundle: Bundle, policy: Policy, folder: Path, **given: Any) -> Run:
    scope = Scope(bundle.task_names, arms=("plain", "full"), instances=2)._replace(**given)
    about = about_run(bundle, "somebody", policy.interface, {}, scope)
    return play_all(bundle, policy, begun(folder, about), planned(bundle, scope))


@pytest.fixture(scope="module")
def runs(solved: SOLVED, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Return a run of who reports at once, and one of the oracle."""
    bundle, records = solved
    gives_up = OfFunction(lambda _: "report_infeasible('no')")
    folder = tmp_path_factory.mktemp("runs")
    return played(bundle, gives_up, folder / "one"), played(bundle, Oracle(bundle, records), folder / "two")


def test_runs_are_compared_in_pairs(runs: tuple[Run, Run]) -> None:
    before, after = runs
    whole, *parts = compared(before, after)
    count = len(before.records)
    assert (whole.name, whole.difference.of, whole.difference.gained, whole.difference.lost) == ("all", count, count, 0)
    instances = whole.difference.instances
    assert instances * 2 == count
    assert whole.difference.chance == pytest.approx(2 / 2**instances)
    assert {one.part for one in parts} == {"split", "arm", "task", ""}
    assert sum(one.difference.of for one in parts if one.part == "arm") == count
    assert len(list(flipped(before, after))) == count
    same = compared(after, after)
    assert not any(one.is_significant or one.difference.change for one in same)


def test_other_seeds_have_nothing_in_common(solved: SOLVED, runs: tuple[Run, Run], tmp_path: Path) -> None:
    bundle, records = solved
    other = played(bundle, Oracle(bundle, records), tmp_path, seed=1)
    assert compared(runs[1], other) == []


def test_nothing_flips_while_nothing_changes(solved: SOLVED, runs: tuple[Run, Run]) -> None:
    for run in runs:
        found = list(regraded(solved[0], run))
        assert len(found) == len(run.records)
        assert not any(one.is_flipped for one in found)


def test_an_edit_of_a_rule_flips_what_it_is_about(solved: SOLVED, runs: tuple[Run, Run]) -> None:
    bundle, _ = solved
    flow = load(resources.path("examples", "three_pages.flow.json"))
    impossible = flow.rebuilt(tasks=tuple(task.rebuilt(max_steps=1) for task in flow.tasks))
    edited = Bundle(compile_flow(impossible).program, [one for listed in bundle.instances.values() for one in listed])
    found = list(regraded(edited, runs[1]))
    assert all(one.is_flipped and (one.before, one.now) == ("success", "step_limit") for one in found)
    assert not any(one.is_flipped for one in regraded(edited, runs[0]))


def test_what_is_not_asked_any_more_is_not_judged(solved: SOLVED, runs: tuple[Run, Run]) -> None:
    bundle, _ = solved
    first = {task: listed[0] for task, listed in bundle.instances.items()}
    fewer = Bundle(bundle.program, first.values())
    found = list(regraded(fewer, runs[1]))
    assert {one.now for one in found} == {"gone"} | ({"success"} & {one.now for one in found})
    other = Bundle(bundle.program, [one._replace(seed=one.seed + 9) for one in bundle.instances[bundle.task_names[0]]])
    assert "asks something else" in {one.now for one in regraded(other, runs[1])}
    assert not any(one.is_flipped for one in found)
