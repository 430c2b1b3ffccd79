"""Ways of each kind: what they show, and that a mistake is never what is to be learnt."""

from collections import Counter
from collections.abc import Iterator

import pytest

from exporters.demonstrating.kinds import LOOKED, SHARES, Case, Cases, Wanted
from exporters.demonstrating.trail import Dice, Trail, Way
from exporters.demonstrating.ways import way_of
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION, PAUSE
from tests.exporters.demonstrating.conftest import Solved

Found = tuple[Case, tuple[Event, ...], Way]


def ways(bank: Solved, kind: str, count: int = 24) -> Iterator[Found]:
    """Yield what was found of a kind where it was wanted."""
    cases = Cases(bank.bundle, Wanted(count, ("train",), "full", "chat", 0, {kind: 1} if kind in SHARES else SHARES))
    for number in range(count):
        case = cases.case(number)
        if (case.kind == LOOKED) != (kind == LOOKED):
            continue
        task, start = case.instance.task, bank.bundle.start(case.instance, case.variant)
        other = next(one for one in bank.bundle.instances[task] if not one.infeasible)
        plan = tuple(bank.plans[task, (other if case.instance.infeasible else case.instance).n])
        begun = Trail(bank.bundle.machine, start, infeasible=case.instance.infeasible)
        found, way = way_of(case, begun, plan, Dice(0, number))
        assert way is not None
        if found == kind:
            yield case, plan, way


def test_a_shortest_way_is_learnt_wholly(bank: Solved) -> None:
    found = list(ways(bank, "shortest"))
    assert found
    assert all(step.is_learnt for _, _, way in found for step in way)


def test_another_way_does_the_same_in_another_order(bank: Solved) -> None:
    found = list(ways(bank, "other"))
    assert found
    for _, plan, way in found:
        done = [step.event for step in way]
        assert [event for event in done if event in plan] != list(plan) or Counter(done) != Counter(plan)


@pytest.mark.parametrize("kind", ["corrected", "left"])
def test_a_mistake_is_not_learnt_and_what_follows_is(bank: Solved, kind: str) -> None:
    found = list(ways(bank, kind))
    assert found
    for _, plan, way in found:
        mistaken = [place for place, step in enumerate(way) if not step.is_learnt]
        assert mistaken
        assert way[-1].is_learnt
        assert way[max(mistaken) + 1].is_learnt
        assert len(way) > len(plan)


def test_wrong_inputs_are_put_right_at_once_and_when_the_site_has_shown_them(bank: Solved) -> None:
    mistakes = [[step.event.kind for step in way if not step.is_learnt] for _, _, way in ways(bank, "corrected", 48)]
    assert ["fill"] in mistakes or ["select"] in mistakes
    assert any(kinds[-1] == "use" for kinds in mistakes)


def test_what_pops_up_is_dismissed_and_what_failed_repeated(bank: Solved) -> None:
    for kind, block in (("dismissed", INTERRUPTION), ("retried", PAUSE)):
        found = list(ways(bank, kind))
        assert found
        for _, _, way in found:
            assert any(step.event.block == block for step in way)
            assert all(step.is_learnt for step in way)


def test_impossible_instances_are_looked_into_before_they_are_reported(bank: Solved) -> None:
    found = list(ways(bank, LOOKED, 60))
    assert found
    assert all(way[-1].event.kind == "infeasible" for _, _, way in found)
    assert any(len(way) > 1 for _, _, way in found)
