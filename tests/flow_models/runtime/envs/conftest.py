"""A small bundle for the environments: the three-page library with instances that nobody had to prove."""

import json
from pathlib import Path

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance, of_split, written
from flow_models.runtime.machine.base.splits import SPLITS

INSTANCES = 12


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """Return the library desk with twelve instances a task, four in each split, the last of which is impossible."""
    library = load(resources.path("examples", "three_pages.flow.json"))
    tasks = tuple(task.rebuilt(may_be_infeasible=True) for task in library.tasks)
    program = compile_flow(library.rebuilt(tasks=tasks)).program
    return Bundle(
        program,
        [
            Instance(name, n, 100 + n, SPLITS[n % 3], infeasible=n == INSTANCES - 1, steps=5)
            for name in program.tasks
            for n in range(INSTANCES)
        ],
    )


@pytest.fixture(scope="session")
def folder(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the data files of the same lie, with instances of one split: a bundle of its own."""
    made = tmp_path_factory.mktemp("package")
    tasks = written(bundle.program, of_split(bundle.instances[bundle.task_names[0]], "train"), {}, "")
    (made / "program.json").write_text(json.dumps(bundle.program.json), encoding="utf-8")
    (made / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    return made
