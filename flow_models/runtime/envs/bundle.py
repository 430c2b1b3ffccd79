"""What an exported package holds, read once per process: the program and the proven instances of its tasks.

`program.json` is the compiled flow, `tasks.json` lists for each task its numbered instances:

    {"format": 1, "program": HASH, "tasks": {NAME: {"instances": [
        {"n": 0, "seed": 17, "split": "train", "parameters": {...}, "goal": "...", "infeasible": false, "steps": 6}]}}}

Solutions are not here; nothing that an environment reads could give one away.
"""

import json
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

from ..machine.base.program import Program, read_program
from ..machine.base.variant import PLAIN, Variant
from ..machine.episodes.episode import Episode
from ..machine.episodes.machine import Machine
from ..machine.pages.state import Start


class BundleError(Exception):
    """A package cannot be read, or is asked for something that it does not have; the message is for people."""


class Instance(NamedTuple):
    """One proven instance: its number within the task, the seed that draws it, and what is known of it.

    `steps` is the length of a shortest solution, 0 for an infeasible instance.
    """

    task: str
    n: int
    seed: int
    split: str
    infeasible: bool
    steps: int


class Bundle:
    """The program and instances of one package.

    Args:
        program: The compiled flow.
        tasks: The instances, as `tasks.json` holds them.

    Raises:
        BundleError: The instances were proven for another program.
    """

    def __init__(self, program: Program, tasks: dict[str, Any]) -> None:
        if tasks["program"] != program.hash:
            raise BundleError("tasks.json was made for another program.json; export the flow again")
        self.program = program
        self.module = program.module
        self.instances: dict[str, tuple[Instance, ...]] = {
            name: tuple(_instance(name, entry) for entry in listed["instances"])
            for name, listed in tasks["tasks"].items()
        }

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the bundle whose data files lie in a folder.

        Raises:
            BundleError: A file is missing or does not fit.
            ProgramError: The program is of another format, or damaged.
        """
        try:
            program = json.loads((folder / "program.json").read_text(encoding="utf-8"))
            tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
        except OSError as error:
            raise BundleError(f"The package is incomplete: {error.filename} cannot be read") from error
        return cls(read_program(program), tasks)

    @cached_property
    def machine(self) -> Machine:
        """The machine that runs the program; built when first needed."""
        return Machine(self.program)

    @property
    def task_names(self) -> tuple[str, ...]:
        """The tasks that have instances, in the order of the flow."""
        return tuple(name for name in self.program.tasks if self.instances.get(name))

    def weight(self, task: str) -> int:
        """Return how often `all` plays a task, relative to the others."""
        return self.program.tasks[task].weight

    def version(self, task: str) -> int:
        """Return the number N of a task's id `...-vN`."""
        return self.program.tasks[task].version

    def start(self, instance: Instance, variant: Variant = PLAIN) -> Start:
        """Return where an instance begins; drawn once, then kept for a while by the machine."""
        return self.machine.draw(instance.task, instance.seed, variant)

    def episode(self, instance: Instance, variant: Variant = PLAIN) -> Episode:
        """Return a new attempt at an instance."""
        return Episode(self.machine, self.start(instance, variant), infeasible=instance.infeasible)


def _instance(task: str, entry: dict[str, Any]) -> Instance:
    """Return an instance as `tasks.json` lists it."""
    return Instance(task, entry["n"], entry["seed"], entry["split"], entry["infeasible"], entry["steps"])
