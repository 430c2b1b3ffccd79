"""Which instance an episode plays: by split, by seed, or by name.

Episode k after `reset(seed=s)` follows from (s, k) alone, so one environment and a vector of them play the same.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gymnasium as gym

from ..machine.randomness import below, weighted
from .bundle import SPLITS, Bundle, BundleError, Instance

NO_HELD_OUT = (
    "This bundle has no held-out variants yet, so there is no split 'test'. "
    "For instances that training never saw, use split='test:instances'."
)


class InstanceChooser:
    """Chooses the instance of each episode.

    Args:
        bundle: Where the instances are.
        tasks: The tasks that are mixed by weight.
        split: `train`, `validation`, or `test:instances` (held-out instances of the site as drawn).

    Raises:
        BundleError: The split is unknown, or a task has no instance in it.
    """

    def __init__(self, bundle: Bundle, tasks: Sequence[str], split: str) -> None:
        if split == "test":
            raise BundleError(NO_HELD_OUT)
        wanted = split.removesuffix(":instances") if split == "test:instances" else split
        if wanted not in SPLITS:
            raise BundleError(f"There is no split {split!r}; there are 'train', 'validation' and 'test:instances'")
        self._bundle = bundle
        self._tasks = tuple(tasks)
        self._weights = tuple(bundle.weight(task) for task in self._tasks)
        self._of_task = {
            task: tuple(instance for instance in bundle.instances[task] if instance.split == wanted)
            for task in self._tasks
        }
        for task, instances in self._of_task.items():
            if not instances:
                raise BundleError(f"Task {task!r} has no instance in split {split!r}")
        self.is_seeded = False
        self._seed = 0
        self._played = 0

    def seed(self, seed: int) -> None:
        """Begin the sequence of episodes that belongs to a seed."""
        self.is_seeded = True
        self._seed = seed
        self._played = 0

    def next(self, options: Mapping[str, Any]) -> Instance:
        """Return the instance of the next episode.

        Args:
            options: What was passed to `reset`: `instance` (its number) and, where several tasks are mixed, `task`.

        Raises:
            BundleError: The options name something that does not exist.
        """
        unknown = set(options) - {"instance", "task"}
        if unknown:
            raise BundleError(f"reset does not know the option {sorted(unknown)[0]!r}; it knows 'instance' and 'task'")
        episode = self._played
        self._played += 1
        task = options.get("task")
        if task is None:
            task = self._tasks[0]
            if len(self._tasks) > 1:
                task = self._tasks[weighted(self._weights, self._seed, "task", episode)]
        elif task not in self._of_task:
            raise BundleError(f"There is no task {task!r} here; there are {', '.join(self._tasks)}")
        if "instance" in options:
            return self._named(task, options["instance"])
        instances = self._of_task[task]
        return instances[below(len(instances), self._seed, "instance", episode)]

    def _named(self, task: str, number: object) -> Instance:
        """Return an instance by its number, whatever its split."""
        instances = self._bundle.instances[task]
        for instance in instances:
            if instance.n == number:
                return instance
        raise BundleError(f"Task {task!r} has no instance {number!r}; it has {len(instances)}, numbered from 0")


def as_bundle(bundle: Bundle | Path) -> Bundle:
    """Return a bundle, reading it where a folder is given."""
    return bundle if isinstance(bundle, Bundle) else Bundle.read(bundle)


def seeded(chooser: InstanceChooser, env: gym.Env[Any, Any], seed: int | None) -> None:
    """Begin a sequence of episodes if `reset` was given a seed, or none has begun yet."""
    if seed is not None:
        chooser.seed(seed)
    elif not chooser.is_seeded:
        chooser.seed(int(env.np_random.integers(2**62)))
