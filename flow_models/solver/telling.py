"""What nobody can tell apart on a page: options, places, suggestions and rows that read alike.

People and agents choose by what they read. Of options that read alike a browser takes the first, whichever was meant;
the buttons of rows that read alike can all be used, but nobody knows which is whose. So a solution that chooses one of
them shows nothing that could be learnt, and is none.

Texts that stand there with several formulas are computed, so this looks at a page as it is shown; what can be told
from the flow alone is in `checks.twins`.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import chain

from flow_models.runtime.machine import Event, Machine, Start
from flow_models.runtime.machine.base.kinds import walk
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.texts import taken
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.site.elements import flat

from .field_texts import is_labelled
from .solution import Twin

Named = tuple[str, str]
"""An element by its block and, inside of it, the key of its option or row, or the text by which it is typed."""

_Read = tuple[Named, Hashable, str]
"""An element, what tells it from those beside it, and its text for people."""


def as_read(text: str) -> str:
    """Return a text as somebody reads it: as sites take it, and on one line."""
    return flat(taken(text))


def twins(view: shown.View) -> Mapping[Named, str]:
    """Return the elements of a page that read like another one in the same field or list, each with its text."""
    found: dict[Named, str] = {}
    for part in view.top.parts:
        for inner in shown.walk(part):
            if isinstance(inner, shown.Field):
                for listed in _listed(inner):
                    found.update(_alike(listed))
            elif isinstance(inner, shown.ListView):
                found.update(_alike(_rows(inner)))
    return found


def twin_of(view: shown.View, event: Event) -> Twin | None:
    """Return what an event chooses although another thing beside it reads alike; None if it does not.

    Whoever uses a button relies on what the fields of its form hold, also where that stood there from the first.
    """
    found = twins(view)
    if not found:
        return None
    chosen = (event.block, event.row or event.value)
    if chosen in found:
        return event.block, found[chosen]
    form = view.form_of(event.block) if event.kind == "use" else None
    held = ((part.id, part.text) for part in shown.walk(form) if isinstance(part, shown.Field)) if form else ()
    return next(((named[0], found[named]) for named in held if named in found), None)


def same_label(machine: Machine, start: Start) -> Twin | None:
    """Return a field that suggests rows of which two have one label, so that the second can never be meant."""
    plan = machine.plan
    context = plan.context(start, start.state)
    for page_id in machine.program.pages:
        page = plan.page(page_id)
        for field in () if page is None else filter(is_labelled, page.fields):
            rows = start.state.tables[plan.schema.table(field.block.table).index].rows if field.block.table else ()
            labels = [as_read(field.label(row[0], context)) for row in rows]
            counts = Counter(map(str.casefold, labels))
            twice = next((label for label in labels if counts[label.casefold()] > 1), None)
            if twice is not None:
                return field.id, twice
    return None


def name_of(program: Program, block: str) -> str:
    """Return what people call a block of a program: its title, else its kind."""
    owners = ((*one.header, *one.footer) for one in program.sections.values())
    owned = chain(*(page.blocks for page in program.pages.values()), *owners)
    found = next((one for one in walk(owned) if one.id == block), None)
    title = getattr(found, "title", "")
    words = title if isinstance(title, str) else "".join(part if isinstance(part, str) else "…" for part in title)
    return as_read(words) or getattr(found, "kind", block).replace("_", " ")


def _alike(listed: Iterable[_Read]) -> Iterator[tuple[Named, str]]:
    """Yield the elements that read like another one, with the text."""
    by_text: dict[Hashable, list[tuple[Named, str]]] = {}
    for named, read, text in listed:
        by_text.setdefault(read, []).append((named, text))
    for alike in by_text.values():
        if len(alike) > 1:
            yield from alike


def _listed(field: shown.Field) -> Iterator[Iterator[_Read]]:
    """Yield what a field offers, once for each way in which it is chosen."""
    # A row that is typed is meant by its label, whatever its capitals.
    yield (((field.id, label), as_read(label).casefold(), label) for _, label in field.offered)
    if not field.grid:  # of a plan the options are its places, which stand in lines
        yield (((field.id, key), as_read(label), label) for key, label in field.options)
    yield (((field.id, button.row), as_read(button.text), button.text) for button in field.buttons)
    yield (
        ((field.id, place.key), (as_read(title), as_read(place.label)), place.label)
        for title, places in field.grid
        for place in places
    )


def cell_texts(row: shown.ListRow) -> list[str]:
    """Return what the cells of a row say."""
    return [cell if isinstance(cell, str) else cell.text for cell in row.cells]


def _rows(listed: shown.ListView) -> Iterator[_Read]:
    """Yield the links and buttons of a list's rows, each with all that stands in its row."""
    for row in listed.rows:
        controls = [*(cell for cell in row.cells if isinstance(cell, shown.Link)), *row.controls]
        if controls:
            cells = [as_read(text) for text in cell_texts(row)]
            beside = [as_read(control.text) for control in row.controls]
            text = " · ".join(filter(None, cells or beside))
            yield from (((one.id, row.key), (one.id, *cells, *beside), text) for one in controls)
