"""Lists as tables or cards.

Tables are where most elements of a page are, and where data is new in every episode. So the lines of a table are
written directly, and its elements are made only when HTML is asked for or something in it is used; a test holds both
to the same text.
"""

from functools import partial
from typing import Final, NamedTuple

from ..machine.view import Button, Link, ListRow, ListView
from .elements import Attributes, Element, Reading, flat
from .pieces import Focus, actions, button_element, button_line, link_element, link_line, paragraph, terms
from .site import Site

ROW_CONTROLS_TITLE: Final = "Actions"


def list_element(part: ListView, site: Site, focus: Focus) -> Element:
    """Return the rows of a list."""
    title = flat(part.title)
    if part.rows and part.style == "table":
        return _table(part, title, site, focus)
    caption = (paragraph(title, "caption"),) if title else ()
    if not part.rows:
        empty = (paragraph(part.empty_text, "empty"),) if flat(part.empty_text) else ()
        return Element("div", (*caption, *empty), (("class", "rows none"),))
    cards = tuple(_kept_card(part, row, site, focus) for row in part.rows)
    entries = Element("ul", cards, (("class", "cards"), ("role", "list")), "list ''")
    return Element("div", (*caption, entries), (("class", "rows"),))


def _table(part: ListView, title: str, site: Site, focus: Focus) -> Element:
    """Return rows as a table; amounts stand at the end of their columns."""
    has_controls = any(row.controls for row in part.rows)
    heads = [flat(name) for name, _ in part.columns]
    if has_controls:
        heads.append(ROW_CONTROLS_TITLE)
    plan = _Plan(part, title, heads, has_controls, site, focus)
    count = 5 + bool(title) + len(heads) + sum([_row_count(plan, row) for row in part.rows])
    reading = Reading(later=partial(_table_parts, plan), quick=partial(_table_lines, plan))
    return Element("div", attributes=(("class", "rows"),), reading=reading).defer(count)


class _Plan(NamedTuple):
    """What a table is made of."""

    part: ListView
    title: str
    heads: list[str]
    has_controls: bool
    site: Site
    focus: Focus


def _row_count(plan: _Plan, row: ListRow) -> int:
    """Return how many elements a row has."""
    cells = row.cells[: len(plan.part.columns)]
    return (
        1 + len(cells) + sum([1 for cell in cells if not isinstance(cell, str)]) + plan.has_controls + len(row.controls)
    )


def _table_lines(plan: _Plan, number: int, depth: int) -> str:
    """Write the lines of a table that has a number: the same as its elements would give."""
    indent = "\t" * depth
    lines = [f"{indent}[{number}] table {plan.title.strip()!r}"]
    number += 1
    if plan.title:
        lines += [f"{indent}\t[{number}] caption ''", f"{indent}\t\tStaticText {plan.title.strip()!r}"]
        number += 1
    lines += [f"{indent}\t[{number}] rowgroup ''", f"{indent}\t\t[{number + 1}] row ''"]
    number += 2
    for head in plan.heads:
        lines.append(f"{indent}\t\t\t[{number}] columnheader {head.strip()!r}")
        number += 1
    lines.append(f"{indent}\t[{number}] rowgroup ''")
    number += 1
    focused = None if plan.focus is None else plan.focus[1]
    for row in plan.part.rows:
        kept = row.cache
        if isinstance(kept, _RowText) and kept.number == number and kept.depth == depth and row.key != focused:
            lines.append(kept.text)
            number = kept.end
            continue
        start = len(lines)
        end = _row_lines(plan, row, number, indent, lines)
        if row.key != focused:
            row.cache = _RowText(number, depth, "\n".join(lines[start:]), end)
        number = end
    return "\n".join(lines)


class _RowText(NamedTuple):
    """The lines of a row, with where it begins and the number after it."""

    number: int
    depth: int
    text: str
    end: int


def _row_lines(plan: _Plan, row: ListRow, number: int, indent: str, lines: list[str]) -> int:
    """Add the lines of a row; return the number after it."""
    lines.append(f"{indent}\t\t[{number}] row ''")
    number += 1
    for cell in row.cells[: len(plan.part.columns)]:
        if isinstance(cell, str):
            lines.append(f"{indent}\t\t\t[{number}] cell {flat(cell).strip()!r}")
        else:
            name = flat(cell.text)
            lines.append(f"{indent}\t\t\t[{number}] cell {name.strip()!r}")
            number += 1
            lines.append(f"{indent}\t\t\t\t[{number}] {link_line(cell, name, plan.site, plan.focus)}")
        number += 1
    if plan.has_controls:
        names = [flat(control.text) for control in row.controls]
        lines.append(f"{indent}\t\t\t[{number}] cell {' '.join(names).strip()!r}")
        number += 1
        for control, name in zip(row.controls, names, strict=True):
            if isinstance(control, Button):
                line = button_line(control, name, plan.focus)
            else:
                line = link_line(control, name, plan.site, plan.focus)
            lines.append(f"{indent}\t\t\t\t[{number}] {line}")
            number += 1
    return number


def _table_parts(plan: _Plan) -> tuple[Element]:
    """Make the elements inside a table's frame."""
    part, title = plan.part, plan.title
    aligns = [align for _, align in part.columns] + ["end"]
    heads = tuple(_head(head, align) for head, align in zip(plan.heads, aligns, strict=False))
    head = Element("thead", (Element("tr", heads, (), "row ''"),), (), "rowgroup ''")
    rows = tuple(_table_row(plan, row) for row in part.rows)
    parts: tuple[Element, ...] = (head, Element("tbody", rows, (), "rowgroup ''"))
    if title:
        parts = (Element("caption", (title,), (), "caption ''"), *parts)
    return (Element("table", parts, (), f"table {title.strip()!r}"),)


def _head(title: str, align: str) -> Element:
    """Return the head of a column."""
    attributes: Attributes = (("scope", "col"),)
    if align == "end":
        attributes += (("class", "end"),)
    return Element("th", (title,) if title else (), attributes, f"columnheader {title.strip()!r}", title)


def _table_row(plan: _Plan, row: ListRow) -> Element:
    """Return one row of a table."""
    site, focus = plan.site, plan.focus
    columns = zip(row.cells, plan.part.columns, strict=False)
    cells = [_cell(cell, align, site, focus) for cell, (_, align) in columns]
    if plan.has_controls:
        controls = tuple(_control(control, site, focus) for control in row.controls)
        name = " ".join(control.name for control in controls)
        cells.append(Element("td", controls, (("class", "controls"),), f"cell {name.strip()!r}", name))
    return Element("tr", tuple(cells), (), "row ''")


def _cell(cell: str | Link, align: str, site: Site, focus: Focus) -> Element:
    """Return one cell of a table."""
    attributes: Attributes = (("class", "end"),) if align == "end" else ()
    if isinstance(cell, Link):
        link = _control(cell, site, focus)
        return Element("td", (link,), attributes, f"cell {link.name.strip()!r}", link.name)
    text = flat(cell)
    return Element("td", (text,) if text else (), attributes, f"cell {text.strip()!r}", text)


def _kept_card(part: ListView, row: ListRow, site: Site, focus: Focus) -> Element:
    """Return the card of a row, the one made earlier where there is one."""
    if focus is not None and focus[1] == row.key:
        return _card(part, row, site, focus)
    if not isinstance(row.cache, Element):
        row.cache = _card(part, row, site, None).keep()
    return row.cache


def _card(part: ListView, row: ListRow, site: Site, focus: Focus) -> Element:
    """Return one row as a card: its first column as the title, the others as terms and values."""
    parts: list[Element] = []
    if row.cells:
        first = row.cells[0]
        title: Element | str = _control(first, site, focus) if isinstance(first, Link) else flat(first)
        parts.append(Element("p", (title,) if title else (), (("class", "card-title"),), "paragraph ''"))
    rest = tuple(
        (name, _control(cell, site, focus) if isinstance(cell, Link) else cell)
        for cell, (name, _) in zip(row.cells[1:], part.columns[1:], strict=False)
    )
    if rest:
        parts.append(terms(rest))
    if row.controls:
        parts.append(actions([_control(control, site, focus) for control in row.controls]))
    return Element("li", tuple(parts), (("class", "card"),), "listitem ''")


def _control(part: Button | Link, site: Site, focus: Focus) -> Element:
    """Return a button or link of a row."""
    return button_element(part, site, focus) if isinstance(part, Button) else link_element(part, site, focus)
