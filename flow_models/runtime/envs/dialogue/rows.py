"""What stacks call a dataset: a row for each instance of a split, with all that it takes to play exactly that.

A row holds texts and numbers only, the same keys each, so that every table takes it; what a variant is stands in it as
JSON. Two rollouts of one row begin alike, which is what the groups of policy gradients need.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, overload

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..contents import Asked, Contents
from ..given import as_at_least, as_names, as_text, as_whole
from ..instances import InstanceChooser
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
    variants: int = 1,
) -> list[Row]:
    """Return rows for each instance of a split, task by task, each in a variant of its own.

    Args:
        bundle: The exported package.
        split: `train`, `validation`, `test`, `test:instances`, `test:data` or `test:AXIS`.
        variation: `none`, `light`, `full`, or a mapping of axes and aspects.
        tasks: The tasks; None for all.
        seed: By what the variants are drawn; another seed shows the same instances in other variants.
        variants: In how many variants each instance appears, so many rows it has.

    Raises:
        BundleError: Something of that does not exist.
    """
    return list(Listed(bundle, split, variation, tasks, seed, variants))


class Listed(Sequence[Row]):
    """The rows of a split, each drawn when it is first asked for, so that a server of thousands starts at once."""

    def __init__(
        self,
        bundle: Bundle,
        split: str,
        variation: Variation,
        tasks: Sequence[str] | str | None = None,
        seed: int = 0,
        variants: int = 1,
    ) -> None:
        names = bundle.task_names if tasks is None else tuple(dict.fromkeys(as_names(tasks, "Tasks")))
        count = as_whole(variants)
        if count is None or count < 1 or (count > 1 and as_text(variation) == "none"):
            raise BundleError(f"variants is a whole number from 1, and 1 where variation is 'none', not {variants!r}")
        choosers = [(name, InstanceChooser(bundle, (name,), split, variation)) for name in names]
        self._contents, self._split, self._seed = Contents(bundle), split, as_at_least(seed, 0, "A seed")
        places = [(chooser, one.n) for name, chooser in choosers for one in chooser.listed(name)]
        self._places = places * count
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """Return a row, or some.

        Raises:
            IndexError: There is no such row.
        """
        if isinstance(index, slice):
            return [self[place] for place in range(len(self))[index]]
        if not 0 <= index < len(self):
            raise IndexError(f"Split {self._split!r} has {len(self)} rows, numbered from 0, and none of number {index}")
        if index not in self._made:
            chooser, number = self._places[index]
            asked = self._contents.asked(*chooser.chosen(self._seed, index, {"instance": number}))
            self._made[index] = _row(asked, self._split)
        return self._made[index]


class Rows:
    """The rows of the splits that a server lists, each split's listed once.

    Args:
        bundle: The exported package.
        variation: In which variants the instances appear.
        seed: By what the variants are drawn.

    Attributes:
        splits: The names of the splits: for training, for validation and for tests.
    """

    def __init__(self, bundle: Bundle, variation: Variation, seed: int = 0) -> None:
        self._bundle, self._variation, self._seed = bundle, variation, seed
        self._listed: dict[str, Listed] = {}
        # Without variants nothing is held out but instances.
        self.splits = ("train", "validation", "test:instances" if variation == "none" else "test")

    def of(self, split: str) -> Listed:
        """Return the rows of a split.

        Raises:
            BundleError: There is no such split.
        """
        if split not in self._listed:
            self._listed[split] = Listed(self._bundle, split, self._variation, seed=self._seed)
        return self._listed[split]


def options_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `reset` takes to play a row; keys that are not a row's are passed over.

    Raises:
        BundleError: It is no row.
    """
    try:
        found = {"task": row["task"], "instance": row["instance"], "variant": json.loads(row["variant"])}
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"This is no row of the package: it needs task, instance and variant ({error})") from None
    # What is None would be drawn, so that the rollouts of one row would not begin alike.
    if as_text(found["task"]) is None or found["instance"] is None or not isinstance(found["variant"], dict):
        raise BundleError(f"This is no row of the package: its task, instance and variant are {found}")
    return found


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
