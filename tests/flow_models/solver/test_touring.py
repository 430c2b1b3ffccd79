"""Walks that touch what solutions leave out."""

from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.coverage import Coverage, coverage
from flow_models.solver.solving import Solver
from flow_models.solver.touring import Tour, tour
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import machine_of, safe


def _toured(flow: Flow, task: str, known: Coverage | None = None) -> tuple[Machine, Tour]:
    """Return what runs a flow, and the walks from one instance of a task."""
    machine = machine_of(flow)
    start = machine.draw(task, 0)
    return machine, tour(machine, [(start, Solver(machine).solve(start).events)], known)


def test_walks_touch_every_page_transition_guard_and_control_of_a_small_site() -> None:
    for flow, task in ((safe(), "raise"), (make.shop(), "buy-item")):
        _, found = _toured(flow, task)
        assert found.coverage.missing == ()


def test_walks_touch_what_they_are_said_to_touch() -> None:
    machine, found = _toured(safe(), "raise")
    replayed = coverage(machine, [(one.start(machine), one.events) for one in found.walks])
    assert replayed.missing == found.coverage.missing
    for one in found.walks:
        assert all(not step.error and not step.fault for step in one.played(machine))


def test_each_walk_fits_into_an_attempt_and_ends_with_it_at_the_latest() -> None:
    machine, found = _toured(safe(most=6), "raise")
    for one in found.walks:
        start = one.start(machine)
        ends = [machine.verdict(start, step.state).success for step in one.played(machine)]
        assert len(ends) <= 6
        assert not any(ends[:-1])


def test_what_is_touched_already_is_not_looked_for_again() -> None:
    _, first = _toured(safe(), "raise")
    _, second = _toured(safe(), "raise", first.coverage)
    assert second.walks == ()


def test_a_page_to_which_nothing_leads_is_missing() -> None:
    lonely = make.page("attic", make.link("down"), open_by_url="false")
    flow = safe()
    _, found = _toured(flow.rebuilt(pages=(*flow.pages, lonely)), "raise")
    assert {one.page for one in found.coverage.missing} == {"attic"}


def test_no_walk_does_only_what_others_do() -> None:
    machine, found = _toured(safe(), "raise")
    whole = set(found.coverage.missing)
    for left_out in found.walks:
        others = [(one.start(machine), one.events) for one in found.walks if one != left_out]
        assert set(coverage(machine, others).missing) > whole
