"""What the compiler could not use, in words."""

from typing import NamedTuple

import resources
from flow_models.document.elements import Element


class LeftOut(NamedTuple):
    """One part of a flow that is not in the program, and why.

    Attributes:
        element: The part, with the field at fault.
        message_id: The reason, as a message id.
        arguments: The arguments of the message.
    """

    element: Element
    message_id: str
    arguments: tuple[tuple[str, str], ...] = ()

    def sentence(self) -> str:
        """Return the reason in words."""
        return resources.text(self.message_id, **dict(self.arguments))


class CompileError(Exception):
    """A flow has mistakes that keep it from being a program.

    Attributes:
        left_out: Every part at fault.
    """

    def __init__(self, left_out: tuple[LeftOut, ...]) -> None:
        super().__init__("; ".join(problem.sentence() for problem in left_out))
        self.left_out = left_out


class BrokenPartError(Exception):
    """A part cannot be compiled; caught where that part can be left out.

    Attributes:
        problem: What is at fault.
    """

    def __init__(self, problem: LeftOut) -> None:
        super().__init__(problem.message_id)
        self.problem = problem


def broken(element: Element, reason: str, **arguments: str) -> BrokenPartError:
    """Return the error for a part, by the last part of its message id."""
    return BrokenPartError(LeftOut(element, f"compiler.{reason}", tuple(sorted(arguments.items()))))
