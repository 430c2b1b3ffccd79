"""The library desk with proven instances and their solutions."""

from typing import Any

import pytest

import resources
from exporters.walks import record_walks
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.solver import build_instances

Solved = tuple[Bundle, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def solved() -> Solved:
    """Return the library desk with two instances a task and split, and the records of their solutions."""
    program = compile_flow(load(resources.path("examples", "three_pages.flow.json"))).program
    made = build_instances(program, (2, 2, 2))
    bundle = Bundle(program, made.listed)
    return bundle, record_walks(bundle, made.plans, lambda *_: None)
