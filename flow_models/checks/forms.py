"""Can every form be sent?"""

from collections.abc import Iterator
from functools import partial

import resources
from flow_models.checks.context import Context
from flow_models.checks.labels import block_label, owner_label
from flow_models.checks.problem import Problem, fix, problem
from flow_models.checks.setting import at
from flow_models.document.behaviour import Page, Section
from flow_models.document.blocks import AnyBlock, Button, Form, is_field
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.ids import new_id
from flow_models.document.edits.tree import Slot
from flow_models.document.flow import Flow
from flow_models.document.rooms import walk


def problems(context: Context, owner: Page | Section) -> Iterator[Problem]:
    """Yield the forms without a submit button or fields, and the submit buttons outside of forms."""
    del context
    page = owner_label(owner)
    forms = [block for block in owner.blocks_by_id.values() if isinstance(block, Form)]
    for form in forms:
        yield from _form(form, page)
    in_forms = {inner.id for form in forms for inner in walk(form.blocks)}
    for block in owner.blocks_by_id.values():
        if _sends(block) and block.id not in in_forms:
            label = block_label(block)
            yield problem("form.submit_outside", "warning", at(block, "submit"), block=label, page=page)


def _form(form: Form, page: str) -> Iterator[Problem]:
    """Yield what a form lacks."""
    inside = tuple(walk(form.blocks))
    if not any(map(_sends, inside)):
        adding = fix("add_submit", partial(_with_submit, form_id=form.id))
        yield problem("form.no_submit", "warning", at(form), fix=adding, page=page)
    if not any(map(is_field, inside)):
        yield problem("form.no_fields", "hint", at(form), page=page)


def _sends(block: AnyBlock) -> bool:
    """Say whether a block sends the form in which it stands."""
    return isinstance(block, Button) and block.submit


def _with_submit(flow: Flow, form_id: str) -> Flow:
    """Return the flow with a submit button at the end of a form."""
    title = resources.text("document.new.submit")
    button = Button(id=new_id("block"), title=title, style="primary", submit=True)
    return insert_block(flow, Slot("block", form_id), None, button)
