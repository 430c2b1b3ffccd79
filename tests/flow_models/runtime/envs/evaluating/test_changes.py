"""What changed in the data is told a line for each row, by names rather than keys."""

from typing import Any

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.evaluating.changes import changes
from flow_models.runtime.machine import Event
from flow_models.solver import build_instances
from tests.flow_models.runtime.examples import machine_of


def lines(name: str, task: str) -> tuple[list[str], Bundle, Any]:
    program = machine_of(name).program
    made = build_instances(program, (1, 0, 0), task=task)
    bundle = Bundle(program, made.listed)
    ((_, plan),) = made.plans.items()
    episode = bundle.episode(made.listed[0])
    before = episode.state
    for event in plan:
        episode.step(event)
    return changes(bundle.machine, before, episode.state), bundle, episode


def test_a_payment_adds_a_row_and_changes_a_balance() -> None:
    found, bundle, episode = lines("north_bank", "pay-payee")
    assert {line[0] for line in found} == {"~", "+"}
    (added,) = [line for line in found if line.startswith("+ Payments: ")]
    (balance,) = [line for line in found if line.startswith("~ Accounts, ")]
    assert " → " in balance
    payee = next(part for part in added.split(", ") if part.startswith("Payee "))
    assert payee.removeprefix("Payee ") in episode.goal
    assert changes(bundle.machine, episode.state, episode.state) == []


def test_a_removed_row_is_told() -> None:
    found, _, _ = lines("north_bank", "remove-payees")
    assert [line[:9] for line in found] == ["- Payees:", "- Payees:"]


def test_what_only_passes_is_not_told(bundle: Bundle) -> None:
    episode = bundle.episode(bundle.instances[bundle.task_names[0]][0])
    before = episode.state
    episode.step(Event("back"))
    assert changes(bundle.machine, before, episode.state) == []
