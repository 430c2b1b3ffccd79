"""What is the same under every environment: choosing what is played, beginning it, its infos, its state, its copies.

An interface shows what an attempt has before it and says what an action means; the attempt does the rest, so all of
them begin, end, branch and are copied alike. The option not taken, a base class of environments, would serve those of
Gymnasium only; an adapter to another framework holds an attempt as well.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, Self, TypeVar

import gymnasium as gym
import numpy as np
import numpy.typing as npt

from ..machine.base.errors import SavedStateError
from ..machine.base.results import END_REASONS, REWARD_PARTS
from ..machine.base.variant import PLAIN, Variant
from ..machine.episodes.variation import Variation
from ..site import Site
from .bundle import Bundle
from .given import as_options
from .instances import InstanceChooser
from .listing import Instance

Info = dict[str, Any]


class Played(Protocol):
    """What an attempt plays: an `Episode` of the machine, or one that looks its steps up."""

    @property
    def variant(self) -> Variant:
        """How the site appears."""

    @property
    def steps(self) -> int:
        """How many steps have been made."""

    @property
    def end_reason(self) -> str:
        """Why the episode has ended, empty while it runs."""

    def copy(self) -> Self:
        """Return one that goes its own way from here."""

    def get_state(self) -> dict[str, object]:
        """Return it as plain JSON."""

    def set_state(self, saved: dict[str, object]) -> None:
        """Continue from what was saved of the same instance."""


P = TypeVar("P", bound=Played)


class Attempt(Generic[P]):
    """One attempt after the other at the tasks of a bundle.

    A copy shares the bundle and all that was computed from it; a pickle names the bundle and holds the attempt as
    plain JSON.

    Args:
        bundle: The exported package.
        begin: Makes what is played of an instance and a variant.
        tasks: The tasks to play; several are mixed by weight.
        split: See `InstanceChooser`.
        variation: See `InstanceChooser`.
        number: Makes of the whole numbers in infos what an interface gives.

    Attributes:
        bundle: The exported package.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    def __init__(
        self,
        bundle: Bundle,
        begin: Callable[[Instance, Variant], P],
        tasks: Sequence[str],
        split: str,
        variation: Variation,
        number: Callable[[int], Any] = int,
    ) -> None:
        self.bundle = bundle
        self._begin = begin
        self._chooser = InstanceChooser(bundle, tasks, split, variation)
        self._task_numbers = {name: number for number, name in enumerate(bundle.task_names)}
        self._seed: int | None = None
        self._begun = 0
        self._current: tuple[P, Instance] | None = None
        self._site: Site | None = None
        self._number = number
        self._ends = {reason: number(place) for place, reason in enumerate(END_REASONS)}
        # What infos say of the instance and the variant of the present episode, with room for what each says anew.
        self._about: Info = {}

    @property
    def has_begun(self) -> bool:
        """Whether there has been a reset."""
        return self._current is not None

    @property
    def played(self) -> P:
        """What is played, also once it has ended.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        if self._current is None:
            raise _none_begun()
        return self._current[0]

    @property
    def running(self) -> P:
        """What is played, for its next step.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet, or the episode has ended.
        """
        if self._current is None:
            raise _none_begun()
        played = self._current[0]
        if played.end_reason:
            raise gym.error.ResetNeeded(f"Call reset(): the episode has ended, its end reason is {played.end_reason!r}")
        return played

    @property
    def site(self) -> Site:
        """The website as this episode shows it."""
        if self._site is None:
            self._site = self.bundle.dressed(self.played.variant)
        return self._site

    def reset(self, seed: int | None, options: Mapping[str, Any] | None, rng: np.random.Generator) -> Info:
        """Begin an episode and return what is to be said of it.

        Args:
            seed: Begins the sequence of episodes that belongs to it; None goes on in the present one.
            options: What was passed to `reset`, see `InstanceChooser.chosen`.
            rng: Gives the seed of the first sequence if there is none.

        Raises:
            BundleError: The options name something that does not exist.
        """
        if seed is None and self._seed is None:
            seed = int(rng.integers(2**62))
        if seed is not None:
            self._seed, self._begun = seed, 0
        instance, variant = self._chooser.chosen(self._seed or 0, self._begun, as_options(options))
        self._begun += 1
        self._take_up(instance, self._begin(instance, variant))
        return self.info(np.zeros(len(REWARD_PARTS)))

    def info(self, reward_parts: npt.NDArray[np.float64]) -> Info:
        """Return the numbers that go with an observation, always the same keys; the array is the caller's to give."""
        if self._current is None:
            raise _none_begun()
        played = self._current[0]
        info = self._about.copy()
        info["end_reason"] = self._ends[played.end_reason]
        info["reward_parts"] = reward_parts
        info["steps"] = self._number(played.steps)
        return info

    def get_state(self) -> dict[str, Any]:
        """Return the episode as plain JSON, to go back to it or to branch from it.

        Raises:
            gymnasium.error.ResetNeeded: There has been no reset yet.
        """
        if self._current is None:
            raise _none_begun()
        played, instance = self._current
        return {"instance": list(instance), "episode": played.get_state()}

    def set_state(self, saved: Mapping[str, Any]) -> None:
        """Go back to a saved episode.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        try:
            program, instance = saved["episode"]["program"], Instance(*saved["instance"])
            if not isinstance(program, str) or program != self.bundle.machine.program_hash:
                raise SavedStateError("this state was saved by another program")
            if instance not in self.bundle.instances.get(instance.task, ()):
                raise SavedStateError("this state was saved at an instance that the package does not have")
            played = self._begin(instance, PLAIN)
            played.set_state(saved["episode"])
        except (KeyError, TypeError, IndexError, ValueError, OverflowError) as error:
            raise SavedStateError(f"this saved state is damaged: {error}") from None
        self._take_up(instance, played)

    def copy(self) -> "Attempt[P]":
        """Return an attempt that goes its own way from here, in the same sequence of episodes."""
        other: Attempt[P] = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        if self._current is not None:
            played, instance = self._current
            other._current = (played.copy(), instance)
        return other

    def __deepcopy__(self, memo: dict[int, object]) -> "Attempt[P]":
        return self.copy()

    def __getstate__(self) -> dict[str, Any]:
        saved = None if self._current is None else self.get_state()
        return {**self.__dict__, "_current": saved, "_site": None}

    def __setstate__(self, pickled: dict[str, Any]) -> None:
        self.__dict__.update(pickled, _current=None)
        if pickled["_current"] is not None:
            self.set_state(pickled["_current"])

    def _take_up(self, instance: Instance, played: P) -> None:
        """Put what is played in place."""
        self._current, self._site = (played, instance), None
        numbers = {"task": self._task_numbers[instance.task], "instance": instance.n, "variant": played.variant.seed}
        about = {name: self._number(value) for name, value in numbers.items()}
        self._about = {"end_reason": 0, "reward_parts": None, **about, "steps": 0}


def _none_begun() -> gym.error.ResetNeeded:
    """Return the refusal of what needs an episode before there has been one."""
    return gym.error.ResetNeeded("Call reset() before using the environment: no episode has begun yet")
