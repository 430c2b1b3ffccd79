"""Can every form be sent, and does every block have what it needs to show something?"""

from collections.abc import Iterator
from functools import partial

import resources
from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, Button, Form, ListBlock, is_field
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.field_blocks import ChoiceField
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the forms without a submit button, and the lists and choices without anything to show."""
    in_forms: set[str] = set()
    page = owner_label(owner)
    for block in owner.blocks_by_id.values():
        match block:
            case Form():
                inside = tuple(walk(block.blocks))
                in_forms.update(inner.id for inner in inside)
                if not any(isinstance(inner, Button) and inner.submit for inner in inside):
                    adding = fix("add_submit", partial(_with_submit, form_id=block.id))
                    yield problem("form.no_submit", "warning", Element("block", block.id), fix=adding, page=page)
                if not any(is_field(inner) for inner in inside):
                    yield problem("form.no_fields", "hint", Element("block", block.id), page=page)
            case ListBlock():
                yield from _list_problems(context.flow, block, page)
            case ChoiceField():
                yield from _choice_problems(context.flow, block, page)
            case Button() if block.submit and block.id not in in_forms:
                element = Element("block", block.id, "submit")
                yield problem("form.submit_outside", "warning", element, block=block_label(block), page=page)


def _list_problems(flow: Flow, block: ListBlock, page: str) -> Iterator[Problem]:
    if block.table not in flow.tables_by_id:
        yield problem("list.no_table", "error", Element("block", block.id, "table"), page=page)
    if not block.columns:
        yield problem("list.no_columns", "warning", Element("block", block.id, "columns"), page=page)


def _choice_problems(flow: Flow, block: ChoiceField, page: str) -> Iterator[Problem]:
    if block.table is not None and block.table not in flow.tables_by_id:
        yield problem(
            "choice.no_table", "error", Element("block", block.id, "table"), field=block_label(block), page=page
        )
    elif block.table is None and not block.choices:
        yield problem(
            "choice.empty", "error", Element("block", block.id, "choices"), field=block_label(block), page=page
        )
    elif len(set(block.choices)) != len(block.choices):
        yield problem(
            "choice.repeated", "error", Element("block", block.id, "choices"), field=block_label(block), page=page
        )


def _with_submit(flow: Flow, form_id: str) -> Flow:
    """Return the flow with a submit button at the end of a form."""
    button: AnyBlock = Button(
        id=new_id("block"), title=resources.text("document.new.submit"), style="primary", submit=True
    )
    return insert_block(flow, Slot("block", form_id), None, button)
