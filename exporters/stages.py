"""The stages of an export in their order, and who is told how far it is."""

from collections.abc import Callable
from typing import Final

STAGES: Final = ("compile", "instances", "variants", "walks", "audit", "wheel", "prepare", "verify")

Advance = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""
