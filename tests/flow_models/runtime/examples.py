"""The example flows as programs, machines and bundles, each made once; and random visitors over their pages."""

import functools
import random
from collections.abc import Iterator

import resources
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import DrawError, Episode, Event, Machine, Start
from flow_models.runtime.machine.base.splits import SPLITS
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import Variants
from flow_models.runtime.machine.pages.view import Button, Control, Field

EXAMPLES = tuple(sorted(path.name.partition(".")[0] for path in resources.path("examples").glob("*.flow.json")))

TEXTS = ("12.50", "250", "2027-03-20", "09:05", "Ana", "x", "")
"""What visitors type besides the parameters of their task."""


@functools.cache
def flow_of(name: str) -> Flow:
    """Return an example."""
    return load(resources.path("examples", f"{name}.flow.json"))


@functools.cache
def machine_of(name: str) -> Machine:
    """Return the machine of an example."""
    return Machine(compile_flow(flow_of(name)).program)


@functools.cache
def bundle_of(name: str, instances: int = 2) -> Bundle:
    """Return an example as a bundle whose instances nobody had to prove, some a split and task."""
    return bundle_of_machine(machine_of(name), instances)


def bundle_of_machine(machine: Machine, instances: int) -> Bundle:
    """Return the same of any machine."""
    listed: list[Instance] = []
    for task in machine.tasks:
        seeds = [seed for seed in range(3 * instances) if _can_be_drawn(machine, task, seed)]
        listed += [Instance(task, n, seed, SPLITS[n % 3], n % 5 == 4, steps=5) for n, seed in enumerate(seeds)]
    return Bundle(machine.program, listed)


def variants_of(machine: Machine, count: int) -> list[Variant]:
    """Return variants of a site: as drawn, and then in turn with values that training sees and with held-out ones."""
    seen = Variants(machine.program, "full")
    held_out = Variants(machine.program, "full", frozenset(machine.program.variation.axes) - {"data"})
    return [PLAIN, *((held_out if seed % 2 else seen).draw(seed) for seed in range(1, count))]


def visits(machine: Machine, *, episodes: int, length: int) -> Iterator[Episode]:
    """Yield an episode after each of its steps, and as it begins, for random visitors with every task.

    The first visitor with each task finds the site as drawn, the others each another variant.
    """
    variants = variants_of(machine, episodes)
    for task in machine.tasks:
        for seed in range(episodes):
            if not _can_be_drawn(machine, task, seed):
                continue
            episode = Episode(machine, machine.draw(task, seed, variants[seed]))
            rng = random.Random(f"{task} {seed}")
            yield episode
            while not episode.end_reason and episode.steps < length:
                episode.step(some_event(episode, rng))
                yield episode


def some_event(episode: Episode, rng: random.Random) -> Event:
    """Return a random use of the page; empty fields are mostly filled before something is used."""
    controls = episode.view.controls()
    if not controls or rng.random() < 0.03:
        return Event("goto", value=rng.choice(["/nowhere", *(visited.path for visited in episode.state.history)]))
    texts = [*map(str, episode.start.parameters.values()), *TEXTS]
    fields = [control for control in controls if isinstance(control, Field) and not control.text]
    if fields and rng.random() < 0.7:
        return used(rng.choice(fields), texts, rng)
    return used(rng.choice(controls), texts, rng)


def used(control: Control, texts: list[str], rng: random.Random) -> Event:
    """Return the event of using a control."""
    if isinstance(control, Button) and not control.enabled:
        return Event("noop")
    if not isinstance(control, Field):
        return Event("use", control.id, control.row)
    if control.kind == "checkbox":
        return Event("uncheck" if control.text else "check", control.id)
    keys = [key for key, _ in control.options] + [place.key for _, line in control.grid for place in line]
    if keys:
        return Event("select", control.id, value=rng.choice(keys))
    return Event("fill", control.id, value=rng.choice(texts))


def _can_be_drawn(machine: Machine, task: str, seed: int) -> bool:
    """Say whether a seed gives an instance of a task."""
    try:
        machine.draw(task, seed)
    except DrawError:
        return False
    return True


def start_of(machine: Machine, seed: int, variant: Variant = PLAIN) -> Start:
    """Return an instance of one of a machine's tasks."""
    task = machine.tasks[seed % len(machine.tasks)]
    drawn = next(one for one in range(seed, seed + 99) if _can_be_drawn(machine, task, one))
    return machine.draw(task, drawn, variant)
