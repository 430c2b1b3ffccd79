"""The library desk with a few instances of each split."""

import pytest

from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from tests.flow_models.runtime.examples import machine_of


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    program = machine_of("three_pages").program
    listed = [
        Instance(name, n, n + 1, ("train", "validation", "test")[n % 3], infeasible=False, steps=5)
        for name in program.tasks
        for n in range(6)
    ]
    return Bundle(program, listed)
