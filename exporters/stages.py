"""The stages of an export in their order, and who is told how far it is."""

from typing import Final, Protocol

STAGES: Final = (
    "compile",
    "instances",
    "variants",
    "walks",
    "interfaces",
    "audit",
    "study",
    "wheel",
    "prepare",
    "verify",
)


class Advance(Protocol):
    """Told how far an export is."""

    def __call__(self, stage: str, done: int, of: int, task: str = "", /) -> None:
        """Take in how much of a stage is done, how much there is, and at which task it is, empty if at none."""
