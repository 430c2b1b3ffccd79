"""The three-page example as a package, made once for all tests of the exporters."""

from pathlib import Path
from typing import NamedTuple

import pytest

import resources
from exporters.clean_environment import UnavailableError, prepare
from exporters.export import Report, export
from exporters.walks import Record, record_walks
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.solver import build_instances

COUNTS = (4, 2, 2)


class Walked(NamedTuple):
    """A bundle in memory with the walks of its instances."""

    bundle: Bundle
    walks: list[Record]


def silent(stage: str, done: int, of: int, task: str = "", /) -> None:
    """Say nothing about progress."""


@pytest.fixture(scope="session")
def library() -> Flow:
    """The three-page example."""
    return storage.load(resources.path("examples", "three_pages.flow.json"))


@pytest.fixture(scope="session")
def exported(library: Flow, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The example, exported but not verified; not to be changed."""
    return export(library, tmp_path_factory.mktemp("exported"), COUNTS, silent, check=False)


@pytest.fixture(scope="session")
def walked(library: Flow) -> Walked:
    """What the exported package must reproduce."""
    program = compile_flow(library).program
    instances = build_instances(program, COUNTS)
    bundle = Bundle(program, instances.listed)
    return Walked(bundle, record_walks(bundle, instances.plans, lambda done, of, task: None))


@pytest.fixture(scope="session")
def prepared() -> Path:
    """The prepared clean environment."""
    try:
        return prepare()
    except UnavailableError as error:
        pytest.skip(f"no clean environment can be made here: {error}")
