"""Who plays: a function, or chance; `keyword`, `oracle`, `endpoint` and `learned` have the others.

A policy begins an attempt and is then asked for one move after the other. What only it is to blame for (a server that
does not answer, a function that raises) is a `PolicyError`: such an episode counts neither as success nor as failure.
"""

import importlib
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any, Final, NamedTuple, Protocol, TypeVar

import numpy as np

from ...machine.base.randomness import below
from ..listing import BundleError
from .attempts import Move, SymbolicAttempt, TextAttempt
from .plan import Planned
from .reading import Element, elements_of, is_field

Message = dict[str, Any]
Choose = Callable[[], "Choice"]

T = TypeVar("T")


class PolicyError(Exception):
    """A policy could not answer; the message says why. The episode says nothing about how good it is."""


class Choice(NamedTuple):
    """A move, and what it cost: tokens of the prompt and of the answer where these are known, else None."""

    move: Move
    tokens: tuple[int, int] | None = None


class Policy(Protocol):
    """Who plays."""

    @property
    def interface(self) -> str:
        """`text` or `symbolic`."""

    @property
    def may_wait(self) -> bool:
        """Whether it waits for others, so that several attempts at a time are worth while."""

    def start(self, planned: Planned, attempt: Any) -> Choose:
        """Begin an attempt and return what chooses its next move."""


class OfFunction:
    """A function that takes the messages of a chat and returns the whole answer.

    Args:
        function: The function; it gets a list of its own, as `TextEpisode.messages`.
    """

    interface: Final = TextAttempt.interface
    may_wait: Final = True

    def __init__(self, function: Callable[[list[Message]], str]) -> None:
        self._function = function

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:  # noqa: ARG002  # it may play any
        """Begin an attempt."""

        def choose() -> Choice:
            answer = blamed(self._function, [dict(message) for message in attempt.episode.messages])
            if not isinstance(answer, str):
                raise PolicyError(f"the policy returned {type(answer).__name__} instead of the answer as a text")
            return Choice({"said": answer})

        return choose


class OfNumbers:
    """A function that takes what the symbolic interface shows and returns the number of an action.

    Args:
        function: The function; it gets a dictionary of its own with `observations` and `action_mask`, arrays as
            `SymbolicEnv` gives them.
    """

    interface: Final = SymbolicAttempt.interface
    may_wait: Final = True

    def __init__(self, function: Callable[[dict[str, Any]], int]) -> None:
        self._function = function

    def start(self, planned: Planned, attempt: SymbolicAttempt) -> Choose:  # noqa: ARG002  # it may play any
        """Begin an attempt."""

        def choose() -> Choice:
            answer = blamed(self._function, dict(attempt.observation))
            mask = attempt.observation["action_mask"]
            if not isinstance(answer, int | np.integer) or not 0 <= answer < len(mask) or not mask[answer]:
                raise PolicyError(
                    f"the policy returned {answer!r} instead of the number of an action that the mask allows"
                )
            return Choice({"number": int(answer)}, (0, 0))

        return choose


def blamed(function: Callable[..., T], *arguments: Any) -> T:
    """Return what a function of a policy returns.

    Raises:
        PolicyError: It raised something; the message says where.
    """
    try:
        return function(*arguments)
    except PolicyError:
        raise
    except Exception as error:  # whatever a stranger's function raises is a fault of it, not of the site
        raise PolicyError(f"the policy raised {type(error).__name__}{_where(error)}: {error}") from error


OF_FUNCTION: Final[Mapping[str, Callable[[Callable[[Any], Any]], Policy]]] = {
    OfFunction.interface: OfFunction,
    OfNumbers.interface: OfNumbers,
}
"""What makes a policy of a function, by interface."""


def named(place: str, interface: str = OfFunction.interface) -> Policy:
    """Return the policy that `module:function` names, looked for in the present folder too.

    Raises:
        BundleError: There is no such thing.
    """
    module, _, name = place.partition(":")
    if not module or not name:
        example = module.removesuffix(".py").replace("/", ".") or "my_policy"
        raise BundleError(f"--policy takes module:function, such as {example}:answer, and not {place!r}")
    if "" not in sys.path:
        sys.path.insert(0, "")
    found = _imported(module, place)
    try:
        for part in name.split("."):
            found = getattr(found, part)
    except AttributeError as error:
        raise BundleError(f"--policy takes module:function, and {place!r} cannot be had: {error}") from error
    if not callable(found):
        raise BundleError(f"{place} is no function")
    return OF_FUNCTION[interface](found)


def _imported(module: str, place: str) -> Any:
    """Return a module of a policy.

    Raises:
        BundleError: It cannot be imported, whatever it raises.
    """
    try:
        return importlib.import_module(module)
    except SyntaxError as error:
        told = f"{error.filename}, line {error.lineno}, is no Python: {error.msg}"
    except Exception as error:  # noqa: BLE001  # a stranger's module may raise anything while it is imported
        told = f"{type(error).__name__}{_where(error)}: {error}"
    raise BundleError(f"--policy takes module:function, and {place!r} cannot be had: {told}")


def _where(error: Exception) -> str:
    """Return where in a policy it was raised: its deepest line in the file in which the policy begins."""
    machinery = (__file__, importlib.__file__)
    frames = [
        one
        for one in traceback.extract_tb(error.__traceback__)
        if one.filename not in machinery and not one.filename.startswith("<frozen")
    ]
    own = [one for one in frames if one.filename == frames[0].filename]
    return f" ({own[-1].filename}, line {own[-1].lineno})" if own else ""


class Chance:
    """Uses and fills what a page has at random, with words of the goal; never says that it is done."""

    interface: Final = TextAttempt.interface
    may_wait: Final = False

    def start(self, planned: Planned, attempt: TextAttempt) -> Choose:
        """Begin an attempt."""
        words = attempt.goal.split()
        steps = count()

        def choose() -> Choice:
            number = next(steps)
            found = [one for one in elements_of(attempt.page) if not one.is_disabled]
            if not found or below(20, planned.seed, "back", number) == 0:
                return Choice({"said": "go_back()"})
            element = found[below(len(found), planned.seed, "element", number)]
            return Choice({"said": _used(element, words, planned.seed, number)})

        return choose


class LegalChance:
    """Does one of the actions that the mask allows, as numbers, at random."""

    interface: Final = SymbolicAttempt.interface
    may_wait: Final = False

    def start(self, planned: Planned, attempt: SymbolicAttempt) -> Choose:
        """Begin an attempt."""
        steps = count()

        def choose() -> Choice:
            allowed = np.flatnonzero(attempt.observation["action_mask"])
            number = int(allowed[below(len(allowed), planned.seed, "action", next(steps))])
            return Choice({"number": number}, (0, 0))

        return choose


def _used(element: Element, words: Sequence[str], seed: int, step: int) -> str:
    """Return an action that an element takes."""
    if element.options:
        option = element.options[below(len(element.options), seed, "option", step)]
        return f"select_option('{element.number}', {option!r})"
    if is_field(element):
        return f"fill('{element.number}', {words[below(len(words), seed, 'word', step)]!r})"
    return f"click('{element.number}')"
