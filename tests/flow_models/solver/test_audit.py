"""Cheap policies: what they earn is counted, and too much is said."""

from dataclasses import replace
from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.solver.audit import Audit, audit
from flow_models.solver.instances import build_instances
from tests.flow_models import builders as make


@cache
def _library() -> Audit:
    return _audited(storage.load(resources.path("examples", "three_pages.flow.json")), (20, 5, 5), 60)


def _audited(flow: Flow, counts: tuple[int, int, int], seeds: int) -> Audit:
    """Return what cheap policies earn in the first task of a flow."""
    program = compile_flow(flow).program
    instances = build_instances(program, counts, processes=1)
    [found] = audit(program, instances, seeds=seeds, processes=1).values()
    return found


def _one_button() -> Flow:
    """Return a site on which everybody succeeds who clicks."""
    return make.flow(
        make.page("home", make.button("go")),
        make.table("log", "note:text"),
        make.arrow("home", use="go", do=(make.adds("log", note='"done"'),)),
        make.task("click", "Click.", expect=(make.expect_added("log", note='"done"'),)),
    )


@pytest.mark.parametrize("policy", ["nothing", "infeasible", "frequent"])
def test_who_does_nothing_for_it_earns_nothing_in_the_library(policy: str) -> None:
    assert _library().share(policy) == 0.0


def test_the_library_holds_every_cheap_policy_down() -> None:
    assert _library().passed
    assert _library().best == 0.0


def test_a_task_that_every_click_solves_is_not_held_down() -> None:
    found = _audited(_one_button(), (1, 0, 0), 10)
    assert found.share("random") == 1.0
    assert not found.is_held_down("random")
    assert not found.passed


def test_a_share_above_its_limit_is_marked() -> None:
    found = replace(_library(), successes=dict.fromkeys(_library().successes, 30))
    assert found.shares(["replay", "infeasible"]) == ["50.0% !", "50.0% !"]


def test_two_audits_of_the_same_instances_agree() -> None:
    flow = storage.load(resources.path("examples", "three_pages.flow.json"))
    assert _audited(flow, (6, 2, 2), 20) == _audited(flow, (6, 2, 2), 20)


def test_json_tells_limit_and_share_of_each_policy() -> None:
    data = _library().as_data()
    assert data["policies"]["random"]["limit"] == 0.02
    assert data["seeds"] == 60
