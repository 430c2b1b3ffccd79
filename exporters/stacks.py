"""The files by which the tools of training stacks know a package; what they do is in `runtime.envs.adapters`.

OpenEnv finds a manifest, a server module with `main()`, a client, a Dockerfile and a plan for its probe; verifiers a
module of its own. The manifest lies in the folder for commands, and in the package for who has the wheel alone.
"""

from collections.abc import Mapping
from typing import Any, Final

from exporters.templates import filled
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import of_split
from flow_models.runtime.machine.base.splits import SPLITS

Json = dict[str, Any]

TEMPLATES: Final[Mapping[str, str]] = {
    "openenv.yaml": "openenv.yaml.jinja",
    "Dockerfile": "Dockerfile.jinja",
    "validation/runtime.json": "openenv_probe.json.jinja",
    "{module}/openenv.yaml": "openenv.yaml.jinja",
    "{module}/client.py": "openenv_client.py.jinja",
    "{module}/server/__init__.py": "openenv_server.py.jinja",
    "{module}/server/app.py": "openenv_app.py.jinja",
    "{taskset}/__init__.py": "verifiers.py.jinja",
}
"""Which template makes which file of a bundle's folder."""


def taskset_of(module: str) -> str:
    """Return the name of the module beside a package that verifiers looks for."""
    return f"{module}_vf"


def stack_files(facts: Json) -> dict[str, str]:
    """Return the texts of the files by their paths."""
    names = {"module": facts["module"], "taskset": taskset_of(facts["module"])}
    return {path.format(**names): filled(template, facts) for path, template in TEMPLATES.items()}


def stack_facts(bundle: Bundle) -> Json:
    """Return what the manifest says of rewards and tasks: what may be lost, what a solution costs, how many rows."""
    tasks = [(bundle.program.tasks[name], bundle.instances[name]) for name in bundle.task_names]
    return {
        "least": 0.0 - max(task.step_cost * task.max_steps for task, _ in tasks),
        "cost_of_solving": max(task.step_cost * one.steps for task, instances in tasks for one in instances),
        "counts": {split: sum(len(of_split(instances, split)) for _, instances in tasks) for split in SPLITS},
    }
