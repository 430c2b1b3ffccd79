"""Variation: along which axes the site may look and behave differently, and what is held out for testing.

A flow says little: each axis is on or off, with values that its designer leaves out or holds out in place of the
shipped rule, and the designer's own ways to say what stands on the pages. The values themselves (looks, thesaurus,
interruptions) are resources, which the compiler resolves into the program.
"""

from typing import Annotated

from pydantic import Field

from flow_models.document.base import Model, Title

Value = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)?$", max_length=60)]


class Axis(Model):
    """One axis of variation.

    Values are written `aspect.value`, such as `navigation.side`; an axis of one aspect writes the value alone.
    """

    is_on: bool = True
    left_out: tuple[Value, ...] = ()
    """Values that this site never takes."""
    held_out: tuple[Value, ...] | None = None
    """Values that only tests see; `None` means those of the shipped rule."""


class Synonyms(Model):
    """Other ways to say one fixed text of the pages, besides or instead of those of the thesaurus."""

    text: Title
    ways: tuple[Title, ...] = ()
    held_out: tuple[Title, ...] = ()
    """Ways that only tests see."""
    is_alone: bool = False
    """Whether the thesaurus adds nothing to these; without ways of its own the text then always stays as it is."""


class Variation(Model):
    """How one drawing may appear as many sites."""

    look: Axis = Axis()
    layout: Axis = Axis()
    wording: Axis = Axis()
    interruptions: Axis = Axis()
    conduct: Axis = Axis()
    data: Axis = Axis()
    synonyms: Annotated[tuple[Synonyms, ...], Field(max_length=2000)] = ()


AXES = ("look", "layout", "wording", "interruptions", "conduct", "data")
"""The names of the axes, in the order in which they are shown."""
