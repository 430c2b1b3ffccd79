"""The model of a block and the class of its kind in programs say the same: neither is changed without the other."""

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from flow_models.document.base import Formula, Model, TableId, Template
from flow_models.document.block_base import BlockBase
from flow_models.document.blocks import MODELS, is_field
from flow_models.document.edits.starts import new_block
from flow_models.document.flow import Flow
from flow_models.runtime.machine.base.kinds import FIELDS, KINDS, OVER_ROWS, Block
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.base.nodes import Template as Written
from flow_models.runtime.machine.base.parts import Part, fields_of
from flow_models.runtime.machine.base.traits import Asks

Shape = dict[str, object]
"""What each field holds, by name: a word, the shape of a part, or a list with one of these for any number of it."""


def of_model(model: type[Model]) -> Shape:
    """Return the shape of a model."""
    hints = get_type_hints(model, include_extras=True)
    return {name: in_model(hints[name]) for name in model.model_fields if name != "kind"}


def in_model(hint: Any) -> object:
    """Return what a field of a model holds."""
    if hint in (Formula, Template):
        return "formula" if hint == Formula else "text with formulas"
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return in_model(args[0])
    if origin is tuple:
        return [in_model(args[0])]
    if origin is Literal:
        return "text"
    if origin in (Union, types.UnionType):
        inner = [in_model(arg) for arg in args if arg is not type(None)]
        return ("maybe", inner[0]) if type(None) in args else f"one of {sorted(map(str, inner))}"
    if isinstance(hint, type) and issubclass(hint, BlockBase):
        return hint.kind_name()
    return of_model(hint) if isinstance(hint, type) and issubclass(hint, Model) else plain(hint)


def of_kind(kind: type[Part]) -> Shape:
    """Return the shape of a class of parts of programs."""
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: in_program(hints[field.name]) for field in fields_of(kind)}


def in_program(hint: Any) -> object:
    """Return what a field of a class of parts holds."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        held, *marks = args
        asks = next((mark for mark in marks if isinstance(mark, Asks)), None)
        if asks is None:
            return in_program(held)
        assert held == (Written if asks.wants == "text" else Node | None), "what is wanted must be what is held"
        return "text with formulas" if asks.wants == "text" else "formula"
    if origin is tuple:
        return [in_program(args[0])]
    if origin is types.UnionType:
        return ("maybe", in_program(args[0]))
    if isinstance(hint, type) and issubclass(hint, Block):
        kinds = sorted(name for name, kind in KINDS.items() if issubclass(kind, hint))
        return kinds[0] if len(kinds) == 1 else f"one of {kinds}"
    return of_kind(hint) if isinstance(hint, type) and issubclass(hint, Part) else plain(hint)


def plain(hint: Any) -> str:
    """Return the word for a plain value."""
    while not isinstance(hint, type):
        hint = hint.__supertype__ if hasattr(hint, "__supertype__") else get_args(hint)[0]
    return "text" if hint is str else hint.__name__


def test_there_is_a_model_for_every_kind_and_a_kind_for_every_model() -> None:
    assert sorted(MODELS) == sorted(KINDS)
    assert {name: model.kind_name() for name, model in MODELS.items()} == {name: name for name in KINDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_model_and_kind_have_the_same_fields_that_hold_the_same(kind: str) -> None:
    assert of_model(MODELS[kind]) == of_kind(KINDS[kind])


def test_the_models_that_hold_a_value_are_the_kinds_that_do() -> None:
    flow = Flow(id="f")
    assert {kind for kind in MODELS if is_field(new_block(flow, kind))} == FIELDS
    assert {kind for kind, model in MODELS.items() if "choices" in model.model_fields} == {
        name for name, kind in KINDS.items() if kind.traits.value == "choice"
    }


def test_the_models_that_name_a_table_are_the_kinds_over_rows() -> None:
    named = {kind for kind, model in MODELS.items() if get_type_hints(model).get("table") == TableId | None}
    assert named == OVER_ROWS
