"""A program as typed values: what the compiler wrote, read once.

The JSON of a program, written by the compiler, complete and type-checked, has the fields of these classes: names are
keys, formulas trees (see `nodes`), templates lists of texts and trees, blocks say their `kind`. Tables, columns and
variables are named, not given by id. Pages and transitions are read when somebody first asks for them. Only here, in
`parts` and in `nodes` is that JSON looked into; everybody else asks these values.

A program holds several sites, of which a section belongs to one, though a flow has only one today.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from .appearance import Brand, Variation
from .behaviour import Task, Transition
from .data import Table, Variable
from .errors import ProgramError
from .kinds import Block
from .nodes import Node, Template
from .parts import Deferred, DeferredList, Json, Part, Said, Say, as_drawn
from .words import Vocabulary

FORMAT: Final = 2

MEANING: Final = 2
"""The number of this runtime's meaning. It stands in each program and enters its hash; it rises whenever the same
program and actions would give another observation or reward."""


@dataclass(frozen=True, slots=True)
class Clock(Part):
    """The site's own time: where it starts (ISO) and the seconds of a step."""

    start: str
    tick_s: int


@dataclass(frozen=True, slots=True)
class Site(Part):
    """One website: where it is, how it writes, where it begins, and its sentences about what was filled in wrongly."""

    name: str
    host: str
    currency: str
    locale: str
    start: str
    not_found: str | None
    brand: Brand
    sentences: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section(Part):
    """What pages of one site share."""

    title: str
    header: tuple[Block, ...]
    footer: tuple[Block, ...]
    site: str


@dataclass(frozen=True, slots=True)
class Page(Part):
    """A page or dialog.

    `transitions` are positions in the program's, in the order in which they are tried: the page's own, then those of
    its section.
    """

    title: Annotated[Template, Said]
    path: Template
    kind: str
    record: str | None
    open_by_url: Node | bool
    section: str | None
    blocks: tuple[Block, ...]
    transitions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled flow.

    Attributes:
        json: What it was read from, for those who hand it on; nobody looks into it.
        meaning: The number of the runtime's meaning for which it was compiled.
        reads: Which of `date time step` its formulas read.
        vocabulary: What gives fixed texts the ways in which they can be said.
    """

    json: Json
    id: str
    title: str
    version: str
    module: str
    meaning: int
    hash: str
    clock: Clock
    sites: Mapping[str, Site]
    tables: Mapping[str, Table]
    variables: Mapping[str, Variable]
    sections: Mapping[str, Section]
    pages: Mapping[str, Page]
    transitions: Sequence[Transition]
    tasks: Mapping[str, Task]
    variation: Variation
    reads: frozenset[str]
    vocabulary: Vocabulary

    @property
    def site(self) -> Site:
        """The site on which a visit begins."""
        return next(iter(self.sites.values()))

    def word(self, text: str) -> str:
        """Return a fixed text that names something as a value that knows how variants say it."""
        return self.vocabulary.say(text)

    def section_of(self, page: Page) -> Section | None:
        """Return the section whose header and footer a page has; none for a dialog."""
        return self.sections.get(page.section) if page.kind == "page" and page.section is not None else None


def program_hash(written: Json) -> str:
    """Return the hash that identifies a program: SHA-256 of its canonical JSON, without the hash and file's canary."""
    content = {key: value for key, value in written.items() if key not in {"hash", "canary"}}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_program(written: Json) -> Program:
    """Return the program that JSON describes.

    Raises:
        ProgramError: It has another format, was made for a runtime of another meaning, or is not complete.
    """
    if not isinstance(written, dict):
        raise ProgramError("this program is damaged: it is no JSON object")
    if written.get("format") != FORMAT:
        raise ProgramError(f"this machine runs programs of format {FORMAT}, not {written.get('format')!r}")
    if written.get("meaning") != MEANING:
        raise ProgramError("this program was compiled for another version of the runtime; export the flow again")
    if not written.get("sites"):
        raise ProgramError("this program has no site")
    try:
        return _read(written)
    except (KeyError, TypeError, AttributeError) as error:
        raise ProgramError(f"this program is damaged: {error}") from None


def _read(written: Json) -> Program:
    """Return a program; parts are missing or of a wrong shape where this fails with Python's own errors."""
    variation = Variation.read(written["variation"])
    vocabulary = Vocabulary(variation.words, variation.terms)
    say = vocabulary.say
    return Program(
        json=written,
        id=written["id"],
        title=written["title"],
        version=written["version"],
        module=written["module"],
        meaning=written["meaning"],
        hash=written.get("hash", ""),
        clock=Clock.read(written["clock"]),
        sites=_named(Site, written["sites"]),
        tables=_named(Table, written["tables"]),
        variables=_named(Variable, written["variables"]),
        sections=_deferred(Section, written["sections"], say),
        pages=_deferred(Page, written["pages"], say),
        transitions=DeferredList(written["transitions"], lambda one: Transition.read(one, say)),
        tasks=_deferred(Task, written["tasks"], say),
        variation=variation,
        reads=frozenset(written["reads"]),
        vocabulary=vocabulary,
    )


def _named(part: Any, written: Mapping[str, Json]) -> dict[str, Any]:
    """Return named parts, read at once."""
    return {name: part.read(one) for name, one in written.items()}


def _deferred(part: Any, written: Mapping[str, Json], say: Say = as_drawn) -> Deferred[Any]:
    """Return named parts, each read when it is first asked for."""
    return Deferred(written, lambda one: part.read(one, say))
