"""Which episodes an evaluation plays: every instance in every arm, with the same seed in all of them.

An arm is a way in which the site appears. Its variant follows from the episode's seed, each aspect from bits of its
own, so that two arms differ in what they are about and in nothing else, and episodes can be compared pair by pair.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple, overload

from ...machine.base.randomness import below
from ...machine.base.splits import SPLITS
from ...machine.episodes.variation import AXES, PLAIN_VALUE, Variants, is_shown
from ..bundle import Bundle
from ..instances import SEEDS
from ..listing import BundleError, of_split

PLAIN_ARM: Final = "plain"
FULL_ARM: Final = "full"
HELD_OUT_ARM: Final = "held_out"

TITLES: Final = {"conduct": "mishaps"}
"""What the card calls an axis, where that is not its name here."""

AXES_ALONE: Final = "An axis alone shows values of it that are held out from training, on validation instances too."
"""What somebody should know who reads figures of such arms."""


def titled(name: str) -> str:
    """Return an arm, axis or aspect as the card calls it, with its name here."""
    title = TITLES.get(name.removesuffix("_trained"))
    return f"{title} ({name})" if title else name


class Arm(NamedTuple):
    """One way in which the site appears.

    Attributes:
        name: What it is called.
        about: What it shows, in a few words.
        axes: The axes that vary.
        held_out: Whether they take values that training never sees, rather than training's.
    """

    name: str
    about: str
    axes: frozenset[str] = frozenset()
    held_out: bool = False

    @property
    def is_axis_alone(self) -> bool:
        """Whether it is one axis by values that training never sees."""
        return self.held_out and len(self.axes) == 1

    def exists_in(self, bundle: Bundle, interface: str = "") -> bool:
        """Say whether a package has values for it, other than the site as drawn, that an interface shows."""
        if not self.axes:
            return True
        known = bundle.program.variation.axes
        return any(
            value != PLAIN_VALUE and is_shown(aspect, value, interface)
            for axis in self.axes
            for aspect, values in known.get(axis, {}).items()
            for value in (values.held_out if self.held_out else values.train)
        )

    def variants(self, bundle: Bundle) -> Variants:
        """Return what draws its variants."""
        known = self.axes & set(bundle.program.variation.axes)
        return Variants(bundle.program, dict.fromkeys(known, True), known if self.held_out else frozenset())


ARMS: Final = (
    Arm(PLAIN_ARM, "the site as drawn"),
    Arm(FULL_ARM, "everything varied, training's values", frozenset(AXES)),
    Arm(HELD_OUT_ARM, "everything varied, values that training never sees", frozenset(AXES), held_out=True),
    *(
        Arm(axis, f"{titled(axis)} alone, values that training never sees", frozenset({axis}), held_out=True)
        for axis in AXES
    ),
    *(Arm(f"{axis}_trained", f"{titled(axis)} alone, training's values", frozenset({axis})) for axis in AXES),
)
"""All arms, in the order in which tables show them."""

BY_NAME: Final = {arm.name: arm for arm in ARMS}

USUAL_ARMS: Final = tuple(arm.name for arm in ARMS if not arm.name.endswith("_trained"))
"""The arms that are played unless others are asked for: as drawn, everything, and each axis alone."""


class Planned(NamedTuple):
    """One episode.

    Attributes:
        task: The task.
        instance: The number of the instance within the task.
        split: The split to which the instance belongs.
        arm: The name of the arm.
        repeat: How often the instance was planned in the arm before.
        seed: What chance the policy may have, and what the variant follows from; the same in all arms.
        variant: The fields of the variant that are not as drawn.
    """

    task: str
    instance: int
    split: str
    arm: str
    repeat: int
    seed: int
    variant: dict[str, Any]

    @property
    def key(self) -> str:
        """What names it in a run."""
        return f"{self.pair}/{self.arm}"

    @property
    def pair(self) -> str:
        """What names it but for the arm: what has the same is compared."""
        return f"{self.task}/{self.instance}/{self.repeat}"


class Scope(NamedTuple):
    """What is to be played.

    Attributes:
        tasks: The tasks.
        splits: Whose instances.
        arms: The names of the arms.
        instances: How many instances of each task and split, the first ones; fewer where there are not so many.
        repeats: How often each is played in an arm, each time with another seed.
        seed: From what all seeds follow.
    """

    tasks: tuple[str, ...]
    splits: tuple[str, ...] = ("validation", "test")
    arms: tuple[str, ...] = USUAL_ARMS
    instances: int = 5
    repeats: int = 1
    seed: int = 0

    def checked(self, bundle: Bundle, interface: str = "") -> "Scope":
        """Return it without the arms for which the package has no values that an interface shows.

        Raises:
            BundleError: It names something that does not exist, or no arm is left.
        """
        for given, known, what in (
            (self.tasks, bundle.task_names, "task"),
            (self.splits, SPLITS, "split"),
            (self.arms, tuple(BY_NAME), "arm"),
        ):
            unknown = [name for name in given if name not in known]
            if unknown or not given:
                named = repr(unknown[0]) if unknown else "named"
                raise BundleError(f"There is no {what} {named}; there are {', '.join(known)}")
        wanted = (arm for arm in ARMS if arm.name in self.arms)
        left = tuple(arm.name for arm in wanted if arm.exists_in(bundle, interface))
        if not left:
            raise BundleError(f"There is nothing to play: nothing is seen here of {', '.join(self.arms)}")
        return self._replace(arms=left)


class Plan(Sequence[Planned]):
    """The episodes of a scope; the first instance of every task comes before the second of any, in all arms at once.

    Each is drawn when it is asked for, so that a plan of millions costs no more than its instances, and a pickle of it
    says only which these are.

    Args:
        bundle: The package.
        scope: What is to be played, as `Scope.checked` returns it.
        listed: Task, split and number of each instance.
    """

    def __init__(self, bundle: Bundle, scope: Scope, listed: Sequence[tuple[str, str, int]]) -> None:
        self.scope = scope
        self._bundle, self._listed = bundle, listed
        self._draws = [(name, BY_NAME[name].variants(bundle)) for name in scope.arms]

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan, (self._bundle, self.scope, self._listed)

    def __len__(self) -> int:
        return len(self._listed) * self.scope.repeats * len(self._draws)

    @overload
    def __getitem__(self, place: int) -> Planned: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Planned, ...]: ...
    def __getitem__(self, place: int | slice) -> Planned | tuple[Planned, ...]:
        """Return an episode, or several."""
        found = range(len(self))[place]
        return self._drawn(found) if isinstance(found, int) else tuple(map(self._drawn, found))

    def only(self, knows: Callable[[str, int], bool]) -> "Plan":
        """Return it with the instances of which a function of task and number says yes."""
        kept = tuple(one for one in self._listed if knows(one[0], one[2]))
        return Plan(self._bundle, self.scope, kept)

    def _drawn(self, place: int) -> Planned:
        """Return the episode of a place."""
        rest, arm = divmod(place, len(self._draws))
        instance, repeat = divmod(rest, self.scope.repeats)
        (task, split, number), (name, variants) = self._listed[instance], self._draws[arm]
        seed = below(SEEDS, self.scope.seed, f"evaluate {task} {number}", repeat)
        return Planned(task, number, split, name, repeat, seed, variants.draw(seed).fields)


def planned(bundle: Bundle, scope: Scope) -> Plan:
    """Return the episodes of a scope; whoever stops early has played the first instances in all arms.

    Raises:
        BundleError: The scope names something that does not exist, or holds no episode.
    """
    found = Plan(bundle, scope.checked(bundle), tuple(_listed(bundle, scope)))
    if not found:
        raise BundleError("There is nothing to play: the tasks have no instances in these splits")
    return found


def _listed(bundle: Bundle, scope: Scope) -> Iterator[tuple[str, str, int]]:
    """Yield task, split and number of the instances, the first of every task before the second of any."""
    rows = [(task, split, of_split(bundle.instances[task], split)) for task in scope.tasks for split in scope.splits]
    most = max((len(listed) for _, _, listed in rows), default=0)
    for place in range(min(scope.instances, most)):
        for task, split, listed in rows:
            if place < len(listed):
                yield task, split, listed[place].n
