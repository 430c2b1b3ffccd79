"""A task of the bank with inputs, a review and rows, and one that may be impossible, with their solutions."""

from typing import NamedTuple

import pytest

import resources
from exporters.walks import Plans
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.bundle import Bundle
from flow_models.solver import build_instances

TASKS = ("pay-payee", "raise-limit")


class Solved(NamedTuple):
    """A bundle with the solutions of its instances."""

    bundle: Bundle
    plans: Plans


@pytest.fixture(scope="session")
def bank() -> Solved:
    """Two tasks of the bank."""
    program = compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program
    made = [build_instances(program, (3, 1, 0), task=task) for task in TASKS]
    listed = [instance for one in made for instance in one.listed]
    return Solved(Bundle(program, listed), {place: plan for one in made for place, plan in one.plans.items()})
