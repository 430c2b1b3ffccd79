"""Flaws of pages, effects and dates, and of what pages say against what they mean."""

from tests.flaws.table import Flaw

FLAWS: tuple[Flaw, ...] = ()
