"""What the tools of training stacks look for lies in the folder and in the wheel, and names this package."""

import ast
import json
import tomllib
import zipfile

from exporters.export import Report
from exporters.stacks import stack_facts
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from tests.exporters.conftest import COUNTS


def test_the_folder_has_what_commands_of_openenv_read(exported: Report) -> None:
    manifest = (exported.folder / "openenv.yaml").read_text(encoding="utf-8").splitlines()
    assert "name: librarydesk" in manifest
    assert "app: librarydesk.server.app:app" in manifest
    assert "    range: [0.0, 1.0]" in manifest
    counts = dict(zip(("train", "validation", "test"), COUNTS, strict=True))
    [told] = [line for line in manifest if "declared_task_count" in line]
    assert json.loads(told.partition(": ")[2]) == counts
    assert 'pip install --no-cache-dir "/app/env[openenv]"' in (exported.folder / "Dockerfile").read_text("utf-8")
    plan = json.loads((exported.folder / "validation" / "runtime.json").read_text(encoding="utf-8"))
    assert plan["actions"]


def test_the_wheel_has_the_manifest_the_server_the_client_and_the_taskset(exported: Report) -> None:
    with zipfile.ZipFile(exported.wheel) as wheel:
        names = set(wheel.namelist())
        shipped = ("client.py", "server/__init__.py", "server/app.py")
        sources = [wheel.read(f"librarydesk/{name}").decode() for name in shipped]
        taskset = wheel.read("librarydesk_vf/__init__.py").decode()
    assert "librarydesk/openenv.yaml" in names
    for source in (*sources, taskset):
        ast.parse(source)
    assert "def main() -> None:" in sources[2]
    assert '__all__ = ["WebEnv", "WebTaskset"]' in taskset


def test_the_project_builds_the_taskset_too(exported: Report) -> None:
    project = tomllib.loads((exported.folder / "pyproject.toml").read_text(encoding="utf-8"))
    built = project["tool"]["hatch"]["build"]["targets"]
    assert built["wheel"]["packages"] == ["librarydesk", "librarydesk_vf"]
    assert all((exported.folder / name[1:]).exists() for name in built["sdist"]["include"])


def test_a_cost_per_step_lowers_what_is_least_and_what_a_solution_earns(library: Flow) -> None:
    costly = library.rebuilt(tasks=tuple(task.rebuilt(step_cost=0.01) for task in library.tasks))
    program = compile_flow(costly).program
    [(name, task)] = program.tasks.items()
    bundle = Bundle(program, [Instance(name, n, n, "train", steps=n) for n in range(5)])
    facts = stack_facts(bundle)
    assert facts["least"] == -0.01 * task.max_steps
    assert facts["cost_of_solving"] == 0.04
    assert facts["counts"] == {"train": 5, "validation": 0, "test": 0}
