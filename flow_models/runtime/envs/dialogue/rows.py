"""What stacks call a dataset: a row for each instance of a split, with all that it takes to play exactly that.

A row holds texts and numbers only, the same keys each, so that every table takes it; what a variant is stands in it as
JSON. Two rollouts of one row begin alike, which is what the groups of policy gradients need.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..contents import Asked, Contents
from ..given import as_names
from ..listing import BundleError


class Row(TypedDict):
    """One instance as it is asked.

    Attributes:
        id: Names it among the rows of a package.
        task: The name of the task.
        instance: Its number within the task.
        split: The split that it was listed for.
        variant: The fields of the variant as JSON.
        goal: What is asked, letter for letter.
        feasible: Whether it can be done.
        steps: The length of a shortest solution of the site as drawn, 0 if there is none.
    """

    id: str
    task: str
    instance: int
    split: str
    variant: str
    goal: str
    feasible: bool
    steps: int


def rows(
    bundle: Bundle,
    split: str = "train",
    variation: Variation = "none",
    *,
    tasks: Sequence[str] | str | None = None,
    seed: int = 0,
) -> list[Row]:
    """Return a row for each instance of a split, task by task.

    Args:
        bundle: The exported package.
        split: `train`, `validation`, `test`, `test:instances`, `test:data` or `test:AXIS`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects.
        tasks: The tasks; None for all.
        seed: By what the variants are drawn; another seed shows the same instances in other variants.

    Raises:
        BundleError: Something of that does not exist.
    """
    names = bundle.task_names if tasks is None else as_names(tasks, "Tasks")
    contents = Contents(bundle)
    return [_row(one, split) for name in names for one in contents.instances(name, split, variation, seed=seed)]


class Rows:
    """The rows of the splits that a server lists, each split's made once.

    Args:
        bundle: The exported package.
        variation: In which variants the instances appear.
        seed: By what the variants are drawn.
    """

    SPLITS = ("train", "validation", "test")

    def __init__(self, bundle: Bundle, variation: Variation, seed: int = 0) -> None:
        self._bundle, self._variation, self._seed = bundle, variation, seed
        self._made: dict[str, list[Row]] = {}

    def of(self, split: str) -> list[Row]:
        """Return the rows of a split.

        Raises:
            BundleError: There is no such split.
        """
        if split not in self._made:
            self._made[split] = rows(self._bundle, split, self._variation, seed=self._seed)
        return self._made[split]


def options_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `reset` takes to play a row; keys that are not a row's are passed over.

    Raises:
        BundleError: It is no row.
    """
    try:
        return {"task": row["task"], "instance": row["instance"], "variant": json.loads(row["variant"])}
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"This is no row of the package: it needs task, instance and variant ({error})") from None


def _row(asked: Asked, split: str) -> Row:
    """Return an instance as a row."""
    return Row(
        id=f"{asked.task}/{asked.instance}/{asked.variant.seed}",
        task=asked.task,
        instance=asked.instance,
        split=split,
        variant=json.dumps(asked.options["variant"]),
        goal=asked.goal,
        feasible=asked.feasible,
        steps=asked.steps,
    )
