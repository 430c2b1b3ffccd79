"""What a package holds, told without playing: its tasks, its instances, and what resets ask for.

Nothing is rendered here: an instance is drawn (some milliseconds, then kept), and its goal worded as its variant says.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..machine.base.splits import SPLITS
from ..machine.base.variant import Variant
from ..machine.episodes.variation import Variation
from .bundle import Bundle
from .given import as_at_least
from .instances import InstanceChooser
from .listing import Difficulty, Instance, of_split


class AboutTask(NamedTuple):
    """One task of a package.

    Attributes:
        name: Its name, as in `reset(options={"task": name})` of `all`.
        id: Its Gymnasium id.
        title: What is asked, in a few words, without the values of an instance.
        counts: How many instances each of `train`, `validation` and `test` has.
        may_be_infeasible: Whether some of them may be impossible.
        max_steps: After how many steps an episode is truncated.
        step_cost: What each step costs of the reward.
        weight: How often `all` plays it, relative to the others.
        difficulty: How difficult it is before anybody has tried it; None where that was not measured.
    """

    name: str
    id: str
    title: str
    counts: Mapping[str, int]
    may_be_infeasible: bool
    max_steps: int
    step_cost: float
    weight: int
    difficulty: Difficulty | None


class Asked(NamedTuple):
    """One instance as an episode asks for it.

    Attributes:
        task: The name of the task.
        instance: Its number within the task.
        variant: How the site appears, which also chooses the goal's wording.
        goal: What is asked, letter for letter as in the episode.
        feasible: Whether it can be done; if not, a report that it cannot is the success.
        steps: The length of a shortest solution of the site as drawn, 0 if there is none.
    """

    task: str
    instance: int
    variant: Variant
    goal: str
    feasible: bool
    steps: int

    @property
    def options(self) -> dict[str, Any]:
        """What `reset(options=...)` takes to play exactly this."""
        return {"task": self.task, "instance": self.instance, "variant": self.variant.fields}


class Contents:
    """What one package holds.

    Args:
        bundle: The exported package.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def tasks(self) -> tuple[AboutTask, ...]:
        """Return the tasks in the order of their ids; position k is the `task` of an episode's `info`."""
        return tuple(self._about(name) for name in self._bundle.task_names)

    def instances(
        self,
        task: str,
        split: str = "train",
        variation: Variation = "none",
        *,
        seed: int = 0,
        variant: int | Mapping[str, Any] | None = None,
    ) -> tuple[Asked, ...]:
        """Return every instance of a split with its goal as it is asked, without playing any.

        The goal's wording depends on the variant, and the variant on how an episode is reset. What stands here for
        instance n is what an environment with this split and variation asks after
        `reset(seed=seed, options={"instance": n})`, under every interface.

        Args:
            task: The name of the task.
            split: `train`, `validation`, `test`, `test:instances`, `test:data` or `test:AXIS`.
            variation: `none`, `light`, `full`, or a mapping of axes and aspects, as in `make`.
            seed: The seed of the reset.
            variant: Names the variant as `reset(options={"variant": variant})` does; then the seed means nothing.

        Raises:
            BundleError: There is no such task, split, variation, seed or variant.
        """
        seed = as_at_least(seed, 0, "A seed")
        chooser = InstanceChooser(self._bundle, (task,), split, variation)
        named = {} if variant is None else {"variant": variant}
        numbers = [instance.n for instance in chooser.listed(task)]
        return tuple(self.asked(*chooser.chosen(seed, 0, {"instance": n, **named})) for n in numbers)

    def episodes(
        self, task: str | None = None, split: str = "train", variation: Variation = "none", *, seed: int, count: int
    ) -> tuple[Asked, ...]:
        """Return what the first episodes of a seed ask, without playing any.

        Episode 0 is the one after `reset(seed=seed)`, the others follow with `reset()`.

        Args:
            task: The name of the task; None mixes all, as the id `all` does.
            split: See `instances`.
            variation: See `instances`.
            seed: The seed of the first reset.
            count: How many episodes.

        Raises:
            BundleError: There is no such task, split, variation or seed, or no such count.
        """
        seed, count = as_at_least(seed, 0, "A seed"), as_at_least(count, 0, "A count of episodes")
        names = self._bundle.task_names if task is None else (task,)
        chooser = InstanceChooser(self._bundle, names, split, variation)
        return tuple(self.asked(*chooser.chosen(seed, number, {})) for number in range(count))

    def _about(self, name: str) -> AboutTask:
        """Return what is to be said of one task."""
        task, instances = self._bundle.program.tasks[name], self._bundle.instances[name]
        return AboutTask(
            name=name,
            id=self._bundle.env_id(name),
            title=task.title,
            counts={split: len(of_split(instances, split)) for split in SPLITS},
            may_be_infeasible=task.may_be_infeasible,
            max_steps=task.max_steps,
            step_cost=task.step_cost,
            weight=task.weight,
            difficulty=self._bundle.difficulties.get(name),
        )

    def asked(self, instance: Instance, variant: Variant) -> Asked:
        """Return an instance as a variant asks for it."""
        goal = self._bundle.start(instance, variant).goal
        return Asked(instance.task, instance.n, variant, goal, not instance.infeasible, instance.steps)
