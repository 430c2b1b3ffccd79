"""The flow: one website with its data, pages, transitions and tasks; the root of a `.flow.json` file."""

import unicodedata
from datetime import datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from flow_models.document.base import (
    Id,
    Model,
    PageId,
    Storable,
    Title,
)
from flow_models.document.behaviour import Page, Section, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.data import Table, Variable
from flow_models.document.rooms import walk
from flow_models.document.tasks import Task
from flow_models.document.variation import Variation

FORMAT = 1
"""The newest version of the file format that this program writes."""

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Brand(Model):
    """How the site looks as drawn."""

    primary: Colour = "#1f5f8b"
    accent: Colour = "#d9822b"
    background: Colour = "#f6f7f9"
    font: Literal["sans", "serif", "rounded"] = "sans"
    radius: int = Field(default=8, ge=0, le=24)
    """Corner radius in CSS pixels."""
    logo: Title = ""
    """One or two letters or a symbol shown beside the site's name."""


def existing_moment(text: str) -> str:
    """Return a date and time that exists, as it is written.

    Raises:
        ValueError: There is no such day, hour or minute.
    """
    datetime.fromisoformat(text)
    return text


def western_digits(text: object) -> object:
    """Return a text with the decimal digits of every script as 0 to 9, which is what other programs read."""
    return (
        "".join(str(unicodedata.digit(one)) if one.isdecimal() else one for one in text)
        if isinstance(text, str)
        else text
    )


class Clock(Model):
    """The site's own time; it never looks at the wall."""

    start: Annotated[
        str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"), AfterValidator(existing_moment)
    ] = "2027-03-15T09:00"
    tick_s: int = Field(default=10, ge=0, le=86_400)
    """Seconds that pass with each step."""


class Site(Model):
    """What belongs to the website as a whole."""

    name: Title = ""
    host: Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", max_length=100)] = "example.test"
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    locale: Literal["en-US", "en-GB"] = "en-US"
    clock: Clock = Clock()
    start: PageId | None = None
    """The page on which a visit begins."""
    not_found: PageId | None = None
    """The page for unknown addresses and missing records; `None` means a plain one."""
    brand: Brand = Brand()


class Flow(Model):
    """One website as drawn."""

    format: Literal[1] = 1
    id: Id
    title: Title = ""
    description: Annotated[Storable, Field(max_length=4000)] = ""
    domain: Title = ""
    version: Annotated[
        str, BeforeValidator(western_digits), Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$", max_length=40)
    ] = "0.1.0"
    package: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$", max_length=40)] = ""
    """The name of the exported Python package; empty means one made from the title."""
    license: Title = "Apache-2.0"
    site: Site = Site()
    tables: tuple[Table, ...] = ()
    variables: tuple[Variable, ...] = ()
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    transitions: tuple[Transition, ...] = ()
    tasks: tuple[Task, ...] = ()
    variation: Variation = Variation()

    @cached_property
    def pages_by_id(self) -> dict[str, Page]:
        """Pages by id, in the order of the file."""
        return {page.id: page for page in self.pages}

    @cached_property
    def tables_by_id(self) -> dict[str, Table]:
        """Tables by id."""
        return {table.id: table for table in self.tables}

    @cached_property
    def variables_by_id(self) -> dict[str, Variable]:
        """Variables by id."""
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def transitions_by_id(self) -> dict[str, Transition]:
        """Transitions by id, in the order in which they are tried."""
        return {transition.id: transition for transition in self.transitions}

    @cached_property
    def tasks_by_id(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each page that is in one (the first that names it)."""
        owners: dict[str, Section] = {}
        for section in self.sections:
            for page_id in section.pages:
                owners.setdefault(page_id, section)
        return owners

    @cached_property
    def owners_by_block(self) -> dict[str, Page | Section]:
        """The page or section on which each block stands, nested ones included."""
        owners: dict[str, Page | Section] = {}
        for section in self.sections:
            owners.update(dict.fromkeys(section.blocks_by_id, section))
        for page in self.pages:
            owners.update(dict.fromkeys(page.blocks_by_id, page))
        return owners

    def blocks_on(self, page_id: str) -> tuple[AnyBlock, ...]:
        """Return all blocks of a page with those of its section, nested ones included, in document order."""
        page = self.pages_by_id[page_id]
        section = self.section_of.get(page_id)
        if section is None:
            return tuple(page.blocks_by_id.values())
        return tuple(walk((*section.header, *page.blocks, *section.footer)))
