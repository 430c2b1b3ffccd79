"""A small bundle for the environments: the three-page library with instances that nobody had to prove."""

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.machine.base.splits import SPLITS

INSTANCES = 12


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """Return the library desk with twelve instances a task, four in each split."""
    program = compile_flow(load(resources.path("examples", "three_pages.flow.json"))).program
    listed = [
        {"n": n, "seed": 100 + n, "split": SPLITS[n % 3], "infeasible": n == INSTANCES - 1, "steps": 5}
        for n in range(INSTANCES)
    ]
    tasks = {name: {"instances": listed} for name in program.tasks}
    return Bundle(program, {"format": 1, "program": program.hash, "tasks": tasks})
