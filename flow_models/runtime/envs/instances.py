"""Which instance an episode plays, and in which variant: by split, by seed, or by name.

Episode k after `reset(seed=s)` follows from (s, k) alone, so one environment and a vector of them play the same. Who
counts the episodes is not here: an attempt does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..machine.base.errors import ProgramError
from ..machine.base.randomness import below, weighted
from ..machine.base.variant import PLAIN, Variant
from ..machine.episodes.variation import AXES, Variants, Variation, named
from .bundle import Bundle
from .given import as_names, as_text, as_whole
from .listing import SEALED, BundleError, Instance, of_split

INSTANCES: Final[Mapping[str, str]] = {
    "train": "train",
    "validation": "validation",
    "test": "test",
    "test:instances": "test",
    "test:data": "test",
    **{f"test:{axis}": "validation" for axis in AXES},
}
"""The splits that an environment knows, and whose instances each plays."""

HELD_OUT: Final[Mapping[str, frozenset[str]]] = {
    "test": frozenset(AXES),
    **{f"test:{axis}": frozenset({axis}) for axis in AXES},
}
"""The axes of which a split shows held-out values; all others show those of training."""


def naming(split: str) -> str:
    """Return the split in which instances of one can be named on the site as drawn, which `test` does not show."""
    return "test:instances" if split == SEALED else split


def some_split(bundle: Bundle, task: str) -> str:
    """Return a split in which a task has instances; naming an instance works in any."""
    return naming(bundle.instances[task][0].split)


SEEDS: Final = 2**53
"""Seeds of variants, as many as any language's numbers hold exactly."""


class InstanceChooser:
    """Chooses the instance and the variant of each episode.

    Args:
        bundle: Where the instances are.
        tasks: The tasks that are mixed by weight.
        split: `train`, `validation`; `test`, instances that training never saw in variants of held-out values only;
            `test:instances` and `test:data`, the same in variants of training; `test:AXIS`, validation instances in
            variants of which one axis is held out.
        variation: `none`, the site as drawn; `light`; `full`; or a mapping from axes (to True or False) and aspects
            (to a value or a list of values).

    Raises:
        BundleError: There is no such split, variation or value, or a task has no instance in the split.
    """

    def __init__(self, bundle: Bundle, tasks: Sequence[str], split: str, variation: Variation = "none") -> None:
        wanted = as_text(split)
        if wanted is None or wanted not in INSTANCES:
            raise BundleError(f"There is no split {split!r}; there are {', '.join(map(repr, INSTANCES))}")
        tasks, split = as_names(tasks, "Tasks"), wanted
        missing = [task for task in tasks if not bundle.instances.get(task)]
        if missing:
            raise BundleError(f"There is no task {missing[0]!r} here; there are {', '.join(bundle.task_names)}")
        held_out = HELD_OUT.get(split, frozenset())
        if held_out and as_text(variation) == "none":
            raise BundleError(
                f"Split {split!r} shows held-out variants: pass variation='full' or 'light'. "
                "For new instances of the site as drawn, use split='test:instances'."
            )
        variation = as_text(variation) or variation
        self._bundle = bundle
        self._wanted = (tasks, split, variation)
        self._variants = _variants(bundle, variation, held_out)
        self._tasks = tuple(tasks)
        self._weights = tuple(bundle.weight(task) for task in self._tasks)
        self._of_task = {task: of_split(bundle.instances[task], INSTANCES[split]) for task in self._tasks}
        for task, instances in self._of_task.items():
            if not instances:
                raise BundleError(f"Task {task!r} has no instance in split {split!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._bundle, *self._wanted)

    def listed(self, task: str) -> tuple[Instance, ...]:
        """Return the instances of a task that the split plays."""
        return self._of_task[task]

    def chosen(self, seed: int, episode: int, options: Mapping[str, Any]) -> tuple[Instance, Variant]:
        """Return the instance of an episode, and the variant in which it appears.

        Args:
            seed: What the sequence of episodes belongs to.
            episode: The number of the episode in it.
            options: What was passed to `reset`: `instance` (its number), where several tasks are mixed `task`, and
                `variant` (its seed, or a mapping of its fields).

        Raises:
            BundleError: The options name something that does not exist.
        """
        unknown = set(options) - {"instance", "task", "variant"}
        if unknown:
            known = "it knows 'instance', 'task' and 'variant'"
            raise BundleError(f"reset does not know the option {min(unknown)!r}; {known}")
        task = self._task(options.get("task"), seed, episode)
        variant = self._variant(options.get("variant"), seed, episode)
        if "instance" in options:
            return self._named(task, options["instance"]), variant
        instances = self._of_task[task]
        return instances[below(len(instances), seed, "instance", episode)], variant

    def _task(self, wanted: object, seed: int, episode: int) -> str:
        """Return the task of an episode, or the one that was asked for."""
        if wanted is None:
            return self._tasks[weighted(self._weights, seed, "task", episode) if len(self._tasks) > 1 else 0]
        task = as_text(wanted)
        if task is None or task not in self._of_task:
            raise BundleError(f"There is no task {wanted!r} here; there are {', '.join(self._tasks)}")
        return task

    def _variant(self, wanted: object, seed: int, episode: int) -> Variant:
        """Return the variant of an episode, or the one that was asked for."""
        if isinstance(wanted, Mapping):
            try:
                return named(self._bundle.program, wanted)
            except ProgramError as error:
                raise BundleError(f"There is no such variant: {error}") from None
        seed_wanted = as_whole(wanted)
        if wanted is not None and (seed_wanted is None or not 0 <= seed_wanted < SEEDS):
            raise BundleError(f"A variant is named by a seed from 0 or by its fields, not by {wanted!r}")
        if self._variants.is_plain:
            return PLAIN
        return self._variants.draw(below(SEEDS, seed, "variant", episode) if seed_wanted is None else seed_wanted)

    def _named(self, task: str, number: object) -> Instance:
        """Return an instance by its number, whatever its split."""
        instances = self._bundle.instances[task]
        wanted = as_whole(number)
        for instance in instances:
            if instance.n == wanted:
                return instance
        raise BundleError(f"Task {task!r} has no instance {number!r}; it has {len(instances)}, numbered from 0")


def _variants(bundle: Bundle, variation: Variation, held_out: frozenset[str]) -> Variants:
    """Return what draws the variants of a split.

    Raises:
        BundleError: There is no such variation, axis or value.
    """
    try:
        return Variants(bundle.program, variation, held_out)
    except ProgramError as error:
        raise BundleError(f"There is no such variation: {error}") from None
