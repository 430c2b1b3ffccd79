"""What is removed is nowhere referred to any more: tried for every field of every model that can hold an id."""

import json
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NamedTuple, get_args

import pytest

from flow_models.document.base import Model
from flow_models.document.behaviour import Page
from flow_models.document.blocks import FoldOut, Pagination
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.edits import blocks, data, pages, sections, tasks, transitions
from flow_models.document.elements import ElementKind
from flow_models.document.flow import Flow
from flow_models.document.holding import Entries, Held, Ids, Items, Maybe, Parts, fields_of, held
from flow_models.document.storage import dumps, loads
from flow_models.document.tasks import Parameter, Task
from tests.flow_models.builders import arrow, flow, heading, link, page, rows_of, section

GONE = "gone"
REMOVALS: dict[ElementKind, Callable[[Flow], Flow]] = {
    "table": lambda flow_: data.remove_table(flow_, GONE),
    "column": lambda flow_: data.remove_column(flow_, "holder", GONE),
    "row": lambda flow_: data.remove_rows(flow_, "holder", {GONE}),
    "variable": lambda flow_: data.remove_variable(flow_, GONE),
    "section": lambda flow_: sections.remove_section(flow_, GONE),
    "page": lambda flow_: pages.remove_pages(flow_, {GONE}),
    "block": lambda flow_: blocks.remove_blocks(flow_, [GONE]),
    "transition": lambda flow_: transitions.remove_transitions(flow_, [GONE]),
    "task": lambda flow_: tasks.remove_task(flow_, GONE),
    "parameter": lambda flow_: tasks.remove_parameter(flow_, "holder", GONE),
}
ELEMENTS: dict[ElementKind, dict[str, tuple[Model, ...]]] = {
    "table": {"tables": (Table(id=GONE, name="some"),)},
    "column": {"tables": (Table(id="holder", name="some", columns=(Column(id=GONE, name="some"),)),)},
    "row": {"tables": (Table(id="holder", name="some", rows=(Row(id=GONE),)),)},
    "variable": {"variables": (Variable(id=GONE, name="some"),)},
    "section": {"sections": (section(GONE).rebuilt(title=""),)},
    "page": {"pages": (Page(id=GONE),)},
    "block": {"pages": (Page(id="holder", blocks=(heading(GONE),)),)},
    "transition": {"transitions": (arrow("from", "to", on="enter", name=GONE),)},
    "task": {"tasks": (Task(id=GONE, name="some"),)},
    "parameter": {"tasks": (Task(id="holder", name="some", parameters=(Parameter(id=GONE, name="some"),)),)},
}


class Step(NamedTuple):
    """A field of a model, on the way from the flow to an id."""

    model: type[Model]
    field: str
    holds: Held


def ways() -> Iterator[tuple[Step, ...]]:
    """Yield the shortest way from the flow to each field of each model that refers to an element."""
    waiting: deque[tuple[type[Model], tuple[Step, ...]]] = deque([(Flow, ())])
    seen: set[type[Model]] = {Flow}
    while waiting:
        model, way = waiting.popleft()
        for name, holds in fields_of(model):
            longer = (*way, Step(model, name, holds))
            if name != "id" and kinds_in(holds):
                yield longer
            for inner in classes_in(holds):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append((inner, longer))


def kinds_in(holds: Held | None) -> frozenset[ElementKind]:
    """Return the kinds of element to which a field refers itself."""
    match holds:
        case Ids(kinds):
            return kinds
        case Maybe(inner) | Items(inner):
            return kinds_in(inner)
        case Entries(key, value):
            return kinds_in(key) | kinds_in(value)
        case _:
            return frozenset()


def classes_in(holds: Held | None) -> tuple[type[Model], ...]:
    """Return the classes of the parts that a field holds."""
    match holds:
        case Parts(classes):
            return classes
        case Maybe(inner) | Items(inner):
            return classes_in(inner)
        case Entries(_, value):
            return classes_in(value)
        case _:
            return ()


NUMBERS = count()


def sample(model: type[Model], **fields: object) -> Model:
    """Return a part of a class with some fields set, and of the rest as little as it needs."""
    needed = {name: field for name, field in model.model_fields.items() if field.is_required() and name not in fields}
    return model.model_validate({**{name: least(field.annotation) for name, field in needed.items()}, **fields})


def least(annotation: Any) -> object:
    """Return some value of a type."""
    holds = held(annotation)
    if isinstance(holds, Parts):
        return sample(holds.classes[0])
    words = [word for word in get_args(annotation) if isinstance(word, str)]
    return words[0] if words else f"some{next(NUMBERS)}"


def wrapped(value: object, holds: Held) -> object:
    """Return a value as a field holds it."""
    match holds:
        case Items(inner):
            return (wrapped(value, inner),)
        case Maybe(inner):
            return wrapped(value, inner)
        case Entries(key, inner) if key is not None and value == GONE:
            return {value: sample(inner.classes[0]) if isinstance(inner, Parts) else ""}
        case Entries():
            return {"some": value}
        case _:
            return value


def using(way: tuple[Step, ...], kind: ElementKind) -> Flow:
    """Return a flow that has an element, and refers to it at the end of a way."""
    value: object = GONE
    for step in reversed(way):
        value = sample(step.model, **{step.field: wrapped(value, step.holds)})
    assert isinstance(value, Flow)
    return value.rebuilt(**{name: (*getattr(value, name), *parts) for name, parts in ELEMENTS[kind].items()})


def mentions(value: object) -> int:
    """Return how often the element is named in JSON, as a value or a key."""
    if isinstance(value, dict):
        return sum((key == GONE) + mentions(inner) for key, inner in value.items())
    return sum(map(mentions, value)) if isinstance(value, list) else value == GONE


CASES = [(way, kind) for way in ways() for kind in sorted(kinds_in(way[-1].holds))]


@pytest.mark.parametrize(
    ("way", "kind"), CASES, ids=[f"{way[-1].model.__name__}.{way[-1].field}-{kind}" for way, kind in CASES]
)
def test_nothing_refers_to_what_was_removed(way: tuple[Step, ...], kind: ElementKind) -> None:
    before = using(way, kind)
    assert mentions(json.loads(dumps(before))) == 2
    after = REMOVALS[kind](before)
    assert mentions(json.loads(dumps(after))) == 0
    assert loads(dumps(after)) == after


def test_every_kind_of_element_to_which_something_refers_is_tried() -> None:
    assert {kind for _, kind in CASES} == {"table", "column", "variable", "section", "page", "block"}


@pytest.mark.parametrize("kind", REMOVALS)
def test_an_element_to_which_nothing_refers_goes_alone(kind: ElementKind) -> None:
    rest = flow(page("a", link("go")), page("b"), arrow("a", "b", use="go"))
    parts: dict[str, Any] = {name: (*getattr(rest, name), *own) for name, own in ELEMENTS[kind].items()}
    left = REMOVALS[kind](rest.rebuilt(**parts))
    assert mentions(json.loads(dumps(left))) == 0
    assert left.transitions == rest.transitions
    assert left.pages[:2] == rest.pages


def test_what_listens_to_a_block_of_a_removed_page_or_section_goes_too() -> None:
    start = flow(
        page("a", link("own")), page("b"), section("s", "a", "b", header=(link("shared"),)),
        arrow("s", "b", use="own"), arrow("b", "a", use="shared"),
    )  # fmt: skip
    assert [left.id for left in pages.remove_pages(start, {"a"}).transitions] == []
    assert [left.id for left in sections.remove_section(start, "s").transitions] == []


def test_what_turned_the_pages_of_a_removed_list_turns_none() -> None:
    start = flow(page("a", FoldOut(id="fold", blocks=(rows_of("list", "t"),)), Pagination(id="turn", list="list")))
    assert blocks.remove_blocks(start, ["fold"]).pages[0].blocks == (Pagination(id="turn"),)
    folded = blocks.replace_block(start, FoldOut(id="fold"))
    assert folded.pages[0].blocks[1] == Pagination(id="turn")
