"""Bundles and walks for comparisons: every example, its tasks' solutions, and the variants to play them in."""

import json
from functools import cache
from typing import Any, NamedTuple

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import AXES, Variants
from flow_models.solver import Solver
from flow_models.solver.variants import BlockedError, adapted

EXAMPLES = sorted(file.name.removesuffix(".flow.json") for file in resources.path("examples").glob("*.flow.json"))
INSTANCES = 10
"""Seeds among which an instance is looked for that can be solved."""


class Oracle(NamedTuple):
    """A shortest solution of an instance of a task, as the site is drawn."""

    task: str
    instance: int
    events: tuple[Event, ...]


class Example:
    """One example flow, ready to be played."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.program = compile_flow(load(resources.path("examples", f"{name}.flow.json"))).program
        listed = [Instance(task, n, n, "train", steps=1) for task in self.program.tasks for n in range(INSTANCES)]
        self.bundle = Bundle(self.program, listed)
        self._solver = Solver(self.bundle.machine)
        self._oracles: dict[str, Oracle | None] = {}

    def oracle_of(self, task: str) -> Oracle | None:
        """Return a solution of the first instance of a task that can be solved; None if none can."""
        if task not in self._oracles:
            solutions = ((n, self._solver.solve(self.bundle.machine.draw(task, n))) for n in range(INSTANCES))
            found = (Oracle(task, n, tuple(one.events)) for n, one in solutions if one.status == "solved")
            self._oracles[task] = next(found, None)
        return self._oracles[task]

    def adapted(self, oracle: Oracle, variant: Variant) -> tuple[Event, ...]:
        """Return what a solution is in a variant; as far as it goes where the variant blocks it."""
        start = self.bundle.machine.draw(oracle.task, oracle.instance, variant)
        try:
            return adapted(self.bundle.machine, start, oracle.events)
        except BlockedError:
            return oracle.events if variant == PLAIN else ()

    def variants(self, count: int) -> list[Variant]:
        """Return variants by turns of training's values and of held-out ones."""
        known, new = Variants(self.program, "full"), Variants(self.program, "full", frozenset(AXES))
        return [(new if seed % 2 else known).draw(seed) for seed in range(count)]


@cache
def example(name: str) -> Example:
    """Return an example, compiled and solved once."""
    return Example(name)


def as_json(variant: Variant) -> dict[str, Any]:
    """Return a variant as it is sent to another process."""
    plain: dict[str, Any] = json.loads(json.dumps(variant._asdict()))
    return plain
