"""Templates whose fixed pieces name something or can be said otherwise: what fills them in keeps the pieces apart."""

from typing import Any

from ..base.words import Phrase
from .context import Closure


def phrase(closures: list[Any]) -> Closure:
    """Return what fills in a template, given as fixed texts and what computes the values between them."""
    name = "".join([part for part in closures if isinstance(part, str)])
    return lambda context: Phrase(tuple([part if isinstance(part, str) else part(context) for part in closures]), name)
