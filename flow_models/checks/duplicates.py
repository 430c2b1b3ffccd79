"""Are names unique in their scope, and titles where people choose by them?"""

from collections.abc import Iterator, Sequence
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.labels import owner_label
from flow_models.checks.problem import Problem, Severity, fix, problem
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import is_field
from flow_models.document.data import Table
from flow_models.document.edits.ids import name_from, slug_from, title_from
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element, ElementKind
from flow_models.document.tasks import Task
from flow_models.formulas import RESERVED

Named = tuple[Element, str]
"""An element with the field that holds its name or title, and this name or title."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield repeated names of data, tasks and parameters, and repeated titles of pages and other elements."""
    flow = context.flow
    data: list[Named] = [(Element("table", table.id, "name"), table.name) for table in flow.tables]
    data += [(Element("variable", variable.id, "name"), variable.name) for variable in flow.variables]
    yield from _repeated(data, "name.repeated", "error")
    yield from _reserved(data)
    for table in flow.tables:
        columns = [(Element("column", column.id, "name"), column.name) for column in table.columns]
        yield from _repeated(columns, "name.repeated", "error")
        yield from _reserved(columns)
    tasks = [(Element("task", task.id, "name"), task.name) for task in flow.tasks]
    yield from _repeated(tasks, "task.repeated", "error")
    for task in flow.tasks:
        parameters = [(Element("parameter", part.id, "name"), part.name) for part in task.parameters]
        yield from _repeated(parameters, "name.repeated", "error")
    yield from _repeated(_titles("page", flow.pages), "page.same_title", "warning")
    yield from _repeated(_titles("table", flow.tables), "title.repeated", "hint")
    yield from _repeated(_titles("section", flow.sections), "title.repeated", "hint")
    yield from _repeated(_titles("task", flow.tasks), "title.repeated", "hint")


def _titles(kind: ElementKind, parts: Sequence[Page | Table | Section | Task]) -> list[Named]:
    """Return the titles of elements of a kind."""
    return [(Element(kind, part.id, "title"), part.title) for part in parts]


def field_names(context: Context, page: Page) -> Iterator[Problem]:
    """Yield the fields of a page whose name another field on it, or in its section, has too."""
    section = context.flow.section_of.get(page.id)
    owners: tuple[Page | Section, ...] = (page,) if section is None else (section, page)
    fields: list[Named] = [
        (Element("block", block.id, "name"), block.name)
        for owner in owners
        for block in owner.blocks_by_id.values()
        if is_field(block)
    ]
    yield from _repeated(fields, "field.repeated", "error", page=owner_label(page))


def _repeated(named: Sequence[Named], code: str, severity: Severity, **words: str) -> Iterator[Problem]:
    """Yield each element whose name an earlier one has, with the fix that gives it a free one."""
    first: dict[str, Element] = {}
    for element, name in named:
        if not name or first.setdefault(name, element) is element:
            continue
        taken = {other for _, other in named}
        if element.field == "title":
            free = title_from(name, taken)
        else:
            free = slug_from(name, taken) if element.kind == "task" else name_from(name, taken)
        renaming = fix("rename", partial(with_value, element=element, value=free), name=free)
        yield problem(code, severity, element, first[name], fix=renaming, name=name, **words)


def _reserved(named: Sequence[Named]) -> Iterator[Problem]:
    """Yield names that formulas cannot use, because they are words of their language."""
    taken = {name for _, name in named}
    for element, name in named:
        if name in RESERVED:
            free = name_from(name, taken)
            renaming = fix("rename", partial(with_value, element=element, value=free), name=free)
            yield problem("name.reserved", "error", element, fix=renaming, name=name)
