"""Who plays, told so that every process that plays can make it: built in, a function, a model, or any policy."""

import importlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from ..bundle import Bundle
from ..listing import BundleError
from ..solutions import read_solutions
from .attempts import SymbolicAttempt, TextAttempt
from .oracle import Oracle
from .policies import OF_FUNCTION, Chance, LegalChance, Policy, named

BUILT_IN: Final = ("random", "oracle", "keyword")
"""The policies that are there, by name."""


class Who(NamedTuple):
    """Who plays.

    Attributes:
        words: By which a run knows it.
        make: Returns the policy; a pickle of it works wherever the package is installed.
    """

    words: str
    make: Callable[[Bundle], Policy]


def who_of(policy: Any, interface: str = TextAttempt.interface, solutions: Path | None = None) -> Who:
    """Return who plays.

    Args:
        policy: A name of `BUILT_IN`, `module:function`, a function (of messages, or of what the symbolic interface
            shows), or an object with `start` as `policies.Policy`; a run knows it by its `words`, or by its class.
        interface: In which functions and chance play.
        solutions: A file of `gymwright oracle` for the oracle; None for what the package holds.

    Raises:
        BundleError: There is no such policy, or it does not play in this interface.
    """
    if interface not in OF_FUNCTION:
        raise BundleError(f"There is no interface {interface!r} to play in; there are {', '.join(OF_FUNCTION)}")
    if isinstance(policy, str):
        if policy in BUILT_IN:
            return _built_in(policy, interface, solutions)
        return Who(policy, partial(_named, policy, interface))
    if hasattr(policy, "start"):
        return Who(getattr(policy, "words", type(policy).__name__), partial(_itself, policy))
    if callable(policy):
        words = f"{getattr(policy, '__module__', '')}:{getattr(policy, '__qualname__', type(policy).__name__)}"
        return Who(words, partial(_of_function, policy, interface))
    raise BundleError(f"A policy is a name ({', '.join(BUILT_IN)}), module:function or a function, not {policy!r}")


def learned(path: Path) -> Who:
    """Return a model that Stable-Baselines3 has saved in a file, which has to be there wherever it plays."""
    return Who(f"{path.name} (Stable-Baselines3)", partial(_learned, path.absolute()))


def _built_in(name: str, interface: str, solutions: Path | None) -> Who:
    """Return a policy that is there."""
    if name == "random":
        return Who(name, partial(_random, interface))
    if interface == SymbolicAttempt.interface:
        raise BundleError(f"The policy {name!r} plays as text only")
    if name == "oracle":
        return Who(name, partial(_oracle, None if solutions is None else solutions.absolute()))
    return Who(name, _keyword)


def _random(interface: str, _: Bundle) -> Policy:
    """Return chance."""
    return LegalChance() if interface == SymbolicAttempt.interface else Chance()


def _oracle(solutions: Path | None, bundle: Bundle) -> Policy:
    """Return the oracle."""
    return Oracle(bundle, read_solutions(bundle, solutions))


def _keyword(_: Bundle) -> Policy:
    """Return the policy of words."""
    return cast(Policy, _module("keyword").Keyword())


def _learned(path: Path, _: Bundle) -> Policy:
    """Return a trained policy."""
    return cast(Policy, _module("learned").Learned(path))


def _named(place: str, interface: str, _: Bundle) -> Policy:
    """Return the policy of a function by its name."""
    return named(place, interface)


def _of_function(function: Callable[[Any], Any], interface: str, _: Bundle) -> Policy:
    """Return the policy of a function."""
    return OF_FUNCTION[interface](function)


def _itself(policy: Policy, _: Bundle) -> Policy:
    """Return a policy as it is."""
    return policy


def _module(name: str) -> Any:
    """Return a module of policies, imported only now."""
    return importlib.import_module(f".{name}", __package__)
