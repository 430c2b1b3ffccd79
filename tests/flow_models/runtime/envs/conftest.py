"""A small bundle for the environments: the three-page library with instances that nobody had to prove."""

import json
from pathlib import Path

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.machine.base.splits import SPLITS

INSTANCES = 12


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """Return the library desk with twelve instances a task, four in each split, the last of which is impossible."""
    library = load(resources.path("examples", "three_pages.flow.json"))
    tasks_of = tuple(task.rebuilt(may_be_infeasible=True) for task in library.tasks)
    program = compile_flow(library.rebuilt(tasks=tasks_of)).program
    listed = [
        {"n": n, "seed": 100 + n, "split": SPLITS[n % 3], "infeasible": n == INSTANCES - 1, "steps": 5}
        for n in range(INSTANCES)
    ]
    tasks = {name: {"instances": listed} for name in program.tasks}
    return Bundle(program, {"format": 1, "program": program.hash, "tasks": tasks})


@pytest.fixture(scope="session")
def folder(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the data files of the same lie, with instances of one split: a bundle of its own."""
    made = tmp_path_factory.mktemp("package")
    listed = [instance._asdict() for instance in bundle.instances[bundle.task_names[0]] if instance.split == "train"]
    tasks = {"program": bundle.program.hash, "tasks": {bundle.task_names[0]: {"instances": listed}}}
    (made / "program.json").write_text(json.dumps(bundle.program.json), encoding="utf-8")
    (made / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    return made
