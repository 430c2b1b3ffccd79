"""The words of an arrow: its trigger and its guard, short enough to stand beside it.

The guard is its formula with signs and titles in place of operators and names ("Amount ≤ balance"); the full
sentences of the inspector are too long for an arrow. Where a label stands is decided in `placing`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import resources
from flow_models.document.base import PageId, SectionId
from flow_models.document.behaviour import (
    ChangeTrigger,
    EnterTrigger,
    OpenTrigger,
    Transition,
    UseTrigger,
    WaitTrigger,
)
from flow_models.document.blocks import AnyBlock, ListBlock
from flow_models.document.field_blocks import FieldBase
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk
from flow_models.geometry.marks import plain
from flow_models.geometry.measure import text_width, wrapped

LABEL_SIZE = 10.0
LABEL_WIDTH = 100.0
LINE_HEIGHT = 13.0

_TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')|(?P<name>[A-Za-z_][\w.]*)(\(\))?|(?P<sign>==|!=|<=|>=)|(?P<other>.)""", re.DOTALL
)
_ROWS = re.compile(r"(?P<none>not\s+)?\bany\(\s*(?P<rows>\w+)(\s+as\s+\w+)?\s*,\s*")
_DROPPED = re.compile(r"\b(lower|upper|trim)\(")
_AROUND_SIGN = re.compile(r" ([=≠≤≥<>]) ")
_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}


@dataclass(frozen=True, slots=True)
class Words:
    """What an arrow says.

    Attributes:
        trigger: What the visitor does, such as "Send money".
        guard: The condition in words, with "only if" or "otherwise"; empty for none.
    """

    trigger: str
    guard: str

    def sentence(self) -> str:
        """Return both in one line."""
        return f"{self.trigger}, {self.guard}" if self.guard else self.trigger


@dataclass(frozen=True, slots=True)
class Lines:
    """The words broken into the lines of a label, with its size; the first `strong` lines are the trigger's."""

    lines: tuple[str, ...]
    strong: int
    width: float
    height: float


def words_of(flow: Flow, transition: Transition, *, is_otherwise: bool) -> Words:
    """Return the words of a transition.

    Args:
        flow: The flow.
        transition: One of its transitions.
        is_otherwise: Whether transitions with guards on the same trigger come before it (see `otherwise_of`).
    """
    blocks = source_blocks(flow, transition)
    if transition.when:
        guard = resources.text("canvas.label.only_if", guard=in_words(transition.when, flow, blocks))
    elif is_otherwise:
        guard = resources.text("canvas.label.otherwise")
    else:
        guard = ""
    return Words(_trigger_words(transition, blocks), guard)


def otherwise_of(flow: Flow) -> frozenset[str]:
    """Return the ids of unguarded transitions that follow guarded ones on the same trigger."""
    guarded: set[tuple[str, str, str]] = set()
    found: set[str] = set()
    for transition in flow.transitions:
        key = (transition.source, transition.on.kind, getattr(transition.on, "block", ""))
        if transition.when:
            guarded.add(key)
        elif key in guarded:
            found.add(transition.id)
    return frozenset(found)


def source_blocks(flow: Flow, transition: Transition) -> tuple[AnyBlock, ...]:
    """Return the blocks that a transition's trigger and guard may name; none if its source is gone."""
    page_id = PageId(transition.source)
    if page_id in flow.pages_by_id:
        return flow.blocks_on(page_id)
    section = flow.sections_by_id.get(SectionId(transition.source))
    return tuple(walk((*section.header, *section.footer))) if section else ()


def in_words(source: str, flow: Flow, blocks: tuple[AnyBlock, ...]) -> str:
    """Return a formula with signs for operators, titles for names, and "some rows where" for `any(rows, ...)`."""
    titles = {f"field.{block.name}": block.title for block in blocks if isinstance(block, FieldBase) and block.title}
    titles |= {variable.name: variable.title for variable in flow.variables if variable.title}
    parts: list[str] = []
    shown: list[bool] = []
    """For each open bracket, whether it is shown; those of dropped functions are not."""
    place = 0
    while (
        found := _ROWS.match(source, place) or _DROPPED.match(source, place) or _TOKEN.match(source, place)
    ) is not None:
        place = found.end()
        parts.append(_said(found, titles, shown))
    return _AROUND_SIGN.sub("\u00a0\\1\u00a0", "".join(parts))


def _said(found: re.Match[str], titles: Mapping[str, str], shown: list[bool]) -> str:
    """Return a piece of a formula in words; `shown` says of each bracket that is open whether it is shown."""
    if found.re is _ROWS:
        shown.append(False)
        kind = "canvas.label.no_row" if found["none"] else "canvas.label.some_row"
        return resources.text(kind, rows=found["rows"].replace("_", " "))
    if found.re is _DROPPED:
        shown.append(False)
        return ""
    if found["name"]:
        name = found["name"]
        return titles.get(name) or name.rpartition(".")[2].replace("_", " ")
    match found.group():
        case "(":
            shown.append(True)
            return "("
        case ")":
            return ")" if not shown or shown.pop() else ""
        case sign:
            return _SIGNS.get(sign, sign)


def lines_of(words: Words) -> Lines:
    """Return the lines of a label: the trigger in at most two, and with the guard at most four."""
    first = wrapped(words.trigger, LABEL_WIDTH, LABEL_SIZE, lines=2)
    rest = wrapped(words.guard, LABEL_WIDTH, LABEL_SIZE, lines=4 - len(first)) if words.guard else ()
    lines = (*first, *rest)
    width = max((text_width(line, LABEL_SIZE) for line in lines), default=0.0) + 12.0
    return Lines(lines, len(first), width, len(lines) * LINE_HEIGHT + 5.0)


def first_line(lines: Lines) -> Lines:
    """Return a label of its first line alone, for where there is no room for more."""
    kept = lines.lines[:1]
    width = max((text_width(line, LABEL_SIZE) for line in kept), default=0.0) + 12.0
    return Lines(kept, len(kept), width, LINE_HEIGHT + 5.0)


def _trigger_words(transition: Transition, blocks: tuple[AnyBlock, ...]) -> str:
    """Return what the visitor does."""
    on = transition.on
    match on:
        case UseTrigger():
            return _title_of(on.block, blocks)
        case ChangeTrigger():
            return resources.text("canvas.label.changed", field=_title_of(on.block, blocks))
        case EnterTrigger():
            return resources.text("canvas.label.entered")
        case OpenTrigger():
            return resources.text("canvas.label.opened")
        case WaitTrigger():
            return resources.text("canvas.label.waited", steps=on.steps)


def _title_of(block_id: str, blocks: tuple[AnyBlock, ...]) -> str:
    """Return the title of a control or field."""
    found = next((block for block in blocks if block.id == block_id), None)
    if found is None:
        return resources.text("canvas.label.missing_block")
    column = _column_of(block_id, blocks)
    if column:
        return resources.text("canvas.label.row_link", column=column)
    title = plain(getattr(found, "title", "")).strip()
    return title or resources.text("canvas.label.untitled_block")


def _column_of(block_id: str, blocks: tuple[AnyBlock, ...]) -> str:
    """Return the title of the list column whose text is a link; empty for other blocks."""
    lists = (block for block in blocks if isinstance(block, ListBlock))
    columns = (column for listed in lists for column in listed.columns)
    return next((column.title for column in columns if column.link and column.link.id == block_id), "")
