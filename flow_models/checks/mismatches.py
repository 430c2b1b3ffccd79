"""Is what a page shows and takes under a name the column of that name?

Places where a stored value and a shown one part ways: a field that begins with one column and is stored in another; a
field called like one column and stored in another, while the one of its name gets something else or nothing; a field
whose column gets a fixed text instead, or what it held before; a column or line titled like one column of the row that
shows another; a number that is stored or shown with something added to it, or as a multiple of it.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import arrow_label, block_label, owner_label
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import AddEffect, ChangeEffect, Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, Details, ListBlock, is_field
from flow_models.document.data import Column, Table
from flow_models.document.elements import Element
from flow_models.document.field_blocks import FieldBlock
from flow_models.document.rooms import walk
from flow_models.formulas import Node, parse_template
from flow_models.formulas.scope import Scope


def of_arrow(context: Context, arrow: Transition) -> Iterator[Problem]:
    """Yield the fields of a page that a transition stores in a column other than their own."""
    owner = context.owner(arrow.source)
    for index, effect in enumerate(arrow.do):
        table = context.flow.tables_by_id.get(effect.table) if isinstance(effect, AddEffect | ChangeEffect) else None
        if table is not None and owner is not None:
            for name, columns in _fields(context, arrow, index, table).items():
                own = _own(context, owner, table, name)
                if own is not None and own not in columns:
                    yield _stored(context, arrow, index, columns[0], own, table)
            yield from _altered(context, arrow, index, table)
            yield from _lost(context, arrow, index, table)


def _lost(context: Context, arrow: Transition, index: int, table: Table) -> Iterator[Problem]:
    """Yield the columns that get a fixed value, or what they held, although a form asks for it and nothing reads it."""
    fields = _sent(context, arrow)
    for column in table.columns if fields else ():
        place = Element("transition", arrow.id, f"do.{index}.values.{column.id}")
        how = _losing(context.formula(arrow, place.field), table, column)
        field = next((one for one in fields if how and _belongs(context, arrow, one.name, column)), None)
        if field is not None and not _is_read(context, arrow, field.name):
            yield _unread(context, arrow, place, field, column, how)


def _losing(tree: Node | None, table: Table, column: Column) -> str:
    """Return how a formula of a column loses what is typed, empty if it does not."""
    if tree is None or (tree["op"] == "value" and tree["value"] is None):
        return ""
    return "lost" if tree["op"] == "value" else "unchanged" if _column_of(tree, table) is column else ""


def _sent(context: Context, arrow: Transition) -> list[FieldBlock]:
    """Return the fields of the form that the use of a control sends."""
    owner = context.owner(arrow.source)
    block = arrow.on.block if isinstance(arrow.on, UseTrigger) else ""
    forms = [] if owner is None else [tuple(walk((one,))) for one in owner.blocks_by_id.values() if one.kind == "form"]
    sent = next((form for form in forms if any(one.id == block for one in form)), ())
    return [one for one in sent if is_field(one)]


def _unread(
    context: Context, arrow: Transition, place: Element, field: FieldBlock, column: Column, how: str
) -> Problem:
    """Return that what is typed is lost."""
    mending = fix("as_it_is", SetValue(place, f"field.{field.name}"))
    words = {"arrow": arrow_label(context.flow, arrow), "column": column.title or column.name}
    return problem(f"mismatch.{how}", "warning", place, at(field, "title"), fix=mending, **words)


def _is_read(context: Context, arrow: Transition, name: str) -> bool:
    """Say whether any transition of the same trigger reads a field."""
    rivals = (one for one in context.arrows_from.get(arrow.source, ()) if one.on == arrow.on)
    facts = (context.facts.get(Element("transition", one.id)) for one in rivals)
    return any(one is not None and any(read[:2] == ("field", name) for read in one.reads) for one in facts)


def _altered(context: Context, arrow: Transition, index: int, table: Table) -> Iterator[Problem]:
    """Yield the numbers of fields that an effect stores with something done to them."""
    for column in table.columns:
        place = Element("transition", arrow.id, f"do.{index}.values.{column.id}")
        of = reckoned(context.formula(arrow, place.field))
        if of is not None and of["op"] == "field" and _belongs(context, arrow, str(of["name"]), column):
            source = str(getattr(arrow.do[index], "values", {}).get(column.id, ""))
            mending = fix("as_it_is", SetValue(place, f"field.{of['name']}"))
            words = {"arrow": arrow_label(context.flow, arrow), "column": column.title or column.name}
            yield problem("mismatch.altered", "warning", place, fix=mending, formula=source, **words)


def _belongs(context: Context, arrow: Transition, name: str, column: Column) -> bool:
    """Say whether a field is called like a column."""
    owner = context.owner(arrow.source)
    blocks = () if owner is None else owner.blocks_by_id.values()
    titles = {str(one.title).casefold() for one in blocks if is_field(one) and one.name == name}
    return name == column.name or (bool(column.title) and column.title.casefold() in titles)


def reckoned(tree: Node | None) -> Node | None:
    """Return what a formula adds a number to, or takes a multiple of; None if it does something else or nothing."""
    if tree is None or tree["op"] != "arith" or tree["right"]["op"] != "value":
        return None
    neutral = ("0", "0.0", "0.00") if tree["sign"] in "+-" else ("1", "1.0", "1.00")
    left: Node = tree["left"]
    return left if str(tree["right"]["value"]) not in neutral else None


def _fields(context: Context, arrow: Transition, index: int, table: Table) -> dict[str, list[Column]]:
    """Return the columns in which an effect stores each field as it is."""
    found: dict[str, list[Column]] = {}
    for column in table.columns:
        tree = context.formula(arrow, f"do.{index}.values.{column.id}")
        if tree is not None and tree["op"] == "field":
            found.setdefault(str(tree["name"]), []).append(column)
    return found


def _own(context: Context, owner: Page | Section, table: Table, name: str) -> Column | None:
    """Return the column to which a field belongs: the one it begins with, else the one of its name."""
    block = next((one for one in owner.blocks_by_id.values() if is_field(one) and one.name == name), None)
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    begun = facts.trees.get(Element("block", block.id, "initial")) if facts and block else None
    of_row = _column_of(begun, table)
    return of_row or next((one for one in table.columns if one.name == name), None)


def _column_of(tree: Node | None, table: Table) -> Column | None:
    """Return the column of a row of a table that a formula is, None if it is something else."""
    if tree is None or tree["op"] != "column" or tree["of"]["type"] != f"row:{table.name}":
        return None
    return next((one for one in table.columns if one.name == tree["name"]), None)


def _stored(context: Context, arrow: Transition, index: int, column: Column, own: Column, table: Table) -> Problem:
    return problem(
        "mismatch.stored",
        "warning",
        Element("transition", arrow.id, f"do.{index}.values.{column.id}"),
        Element("column", own.id),
        arrow=arrow_label(context.flow, arrow),
        column=column.title or column.name,
        own=own.title or own.name,
        table=table.title or table.name,
    )


def of_owner(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the columns of lists and lines of details that are titled like one column and show another."""
    scopes = context.scopes
    outer = scopes.page(owner) if isinstance(owner, Page) else scopes.section(owner)
    for block in owner.blocks_by_id.values():
        table = _shown(context, owner, block)
        if table is not None and isinstance(block, ListBlock | Details):
            scope = scopes.with_row(outer, table.id)
            yield from _of_block(context, block, table, scope, owner_label(owner))


def _of_block(context: Context, block: ListBlock | Details, table: Table, scope: Scope, page: str) -> Iterator[Problem]:
    """Yield the columns or lines of one block that are titled like one column and show another."""
    for field, title, text in _lines(block):
        named = _named(table, title)
        if named is not None and _single(text, scope, table, is_reckoned=True) is named:
            place, label = Element("block", block.id, field), block_label(block)
            yield problem("mismatch.reckoned", "warning", place, block=label, page=page, title=title)
        found = None if named is None else _single(text, scope, table) or _elsewhere(context, text, scope, named)
        if named is not None and found is not None and found is not named:
            yield problem(
                "mismatch.shown",
                "warning",
                Element("block", block.id, field),
                Element("column", named.id),
                block=block_label(block),
                page=page,
                title=title,
                column=found.title or found.name,
            )


def _lines(block: ListBlock | Details) -> Iterator[tuple[str, str, str]]:
    """Yield the field, title and text of each column of a list or line of details."""
    if isinstance(block, ListBlock):
        yield from ((f"columns.{place}.text", one.title, one.text) for place, one in enumerate(block.columns))
    else:
        yield from ((f"items.{place}.text", one.title, one.text) for place, one in enumerate(block.items))


def _shown(context: Context, owner: Page | Section, block: AnyBlock) -> Table | None:
    """Return the table whose rows a list or details show."""
    if isinstance(block, ListBlock):
        return context.flow.tables_by_id.get(block.table or "")
    if not isinstance(block, Details):
        return None
    if not block.record.strip():
        return context.flow.tables_by_id.get((owner.record if isinstance(owner, Page) else None) or "")
    return _of_record(context, owner, block)


def _of_record(context: Context, owner: Page | Section, block: Details) -> Table | None:
    """Return the table of the row that the formula of details finds."""
    facts = context.facts.get(Element("page" if isinstance(owner, Page) else "section", owner.id))
    tree = facts.trees.get(Element("block", block.id, "record")) if facts else None
    return next((one for one in context.flow.tables if tree is not None and tree["type"] == f"row:{one.name}"), None)


def _named(table: Table, title: str) -> Column | None:
    """Return the column that is called like a title."""
    words = title.strip().casefold()
    return next((one for one in table.columns if words in (one.title.casefold(), one.name.casefold()) and words), None)


def _elsewhere(context: Context, text: str, scope: Scope, named: Column) -> Column | None:
    """Return the column of another row that a text shows and nothing else; None if that is called alike."""
    part = _only_part(text, scope) if named.type.kind != "row" else None
    if part is None or part["op"] != "column" or part["of"]["op"] != "column" or part["name"] == named.name:
        return None
    tables = (one for one in context.flow.tables if part["of"]["type"] == f"row:{one.name}")
    return next((column for table in tables if (column := _column_of(part, table))), None)


def _single(text: str, scope: Scope, table: Table, *, is_reckoned: bool = False) -> Column | None:
    """Return the column that a text shows and nothing else, or with which it reckons; None if it does not."""
    part = _only_part(text, scope)
    return _column_of(reckoned(part) if is_reckoned else part, table)


def _only_part(text: str, scope: Scope) -> Node | None:
    """Return the formula that a text shows and nothing else, None if it shows more."""
    parts = [part for part in parse_template(text, scope).parts or () if not isinstance(part, str) or part.strip()]
    return None if len(parts) != 1 or isinstance(parts[0], str) else parts[0]
