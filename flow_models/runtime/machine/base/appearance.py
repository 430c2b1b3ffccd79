"""How the sites of a program look and how they may differ: brand, and the values of the axes of variation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .parts import Part


@dataclass(frozen=True, slots=True)
class Brand(Part):
    """How the site looks as drawn; colours as `#rrggbb`, the radius of corners in CSS pixels."""

    primary: str = "#1f5f8b"
    accent: str = "#d9822b"
    background: str = "#f6f7f9"
    font: str = "sans"
    radius: int = 8
    logo: str = ""


@dataclass(frozen=True, slots=True)
class AspectValues(Part):
    """The values of an aspect that training sees, and those that only tests see."""

    train: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways(Part):
    """The ways to say a fixed text, the drawn one first."""

    ways: tuple[str, ...]
    held_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term(Part):
    """A word of the site for a thing, in all its forms ("payee", "payees"), and what else the thing may be called.

    Each way has a form for each of the term's, in the same order; those of `held_out` only tests see.
    """

    forms: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    held_out: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Look(Part):
    """A look: custom properties of the style sheet without their dashes, and classes of the document."""

    title: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObstacleButton(Part):
    """A button of an interruption or of conduct, and which of its parts it is."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Obstacle(Part):
    """An interruption, or the page or dialog by which conduct holds an event back."""

    title: str
    text: str
    buttons: tuple[ObstacleButton, ...]
    is_modal: bool = False


@dataclass(frozen=True, slots=True)
class DataAxis(Part):
    """Whether data differs between training and tests."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class Variation(Part):
    """How the sites may differ: values of aspects, words, ways to say texts, looks, interruptions, conduct."""

    axes: Mapping[str, Mapping[str, AspectValues]]
    words: Mapping[str, Ways]
    looks: Mapping[str, Look]
    interruptions: Mapping[str, Obstacle]
    conduct: Mapping[str, Obstacle]
    data: DataAxis
    terms: tuple[Term, ...] = ()
