"""What a job is, by which name another process finds it, and how it fails in an expected way."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Protocol

Data = dict[str, Any]
"""Plain JSON."""


class Talk(Protocol):
    """What a job has of whoever wants it."""

    def tell(self, news: Any) -> None:
        """Say something there, such as how far the job is: plain JSON."""

    def items(self) -> Iterator[Any]:
        """Yield what is sent after the job was begun, waiting for it; they have no end but that of the process."""


Job = Callable[[Data, Talk], Any]
"""Work for another process: a module's own function, so that it is found by name there."""


class JobError(Exception):
    """A job could not be done for a reason that a person can do something about; the message says what happened.

    Attributes:
        facts: What a program needs to know of it: plain JSON.
    """

    def __init__(self, words: str, **facts: Any) -> None:
        super().__init__(words)
        self.facts = facts


def name_of(function: Callable[..., Any] | str) -> str:
    """Return `package.module:function`, by which another process finds a function; a name stands for itself.

    By its name a job is begun without loading here what it needs there.

    Raises:
        ValueError: It cannot be found: it belongs to the main program, or to another function.
    """
    if isinstance(function, str):
        return function
    if function.__module__ == "__main__" or "." in function.__qualname__ or not function.__name__.isidentifier():
        raise ValueError(f"{function.__module__}:{function.__qualname__} is not a function of a module")
    return f"{function.__module__}:{function.__name__}"


def named(name: str) -> Callable[..., Any]:
    """Return the function that has a name."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
