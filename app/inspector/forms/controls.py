"""The buttons and links of a place that holds only them."""

from collections.abc import Callable

from app.inspector.forms.parts import item
from app.inspector.nodes import Action, Items, Section
from app.inspector.shared import Shared
from app.words.elements import block_word
from flow_models.document.blocks import AnyBlock
from flow_models.document.edits.blocks import insert_block
from flow_models.document.edits.starts import new_block
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from resources import text


def controls_section(shared: Shared, slot: Slot, controls: tuple[AnyBlock, ...], title: str, empty: str) -> Section:
    """Return the buttons and links in a place that holds only them."""
    inner = tuple(item(shared.flow, Element("block", control.id)) for control in controls)
    actions = tuple(
        Action(text("inspector.add.kind", kind=block_word(kind)), kind, _adding(shared, slot, kind))
        for kind in ("button", "link")
    )
    more = Action(text("inspector.add.row_control"), "add", menu=actions)
    return Section((slot.name, slot.id), title, (Items((slot.name, slot.id), inner, empty),), (more,))


def links_section(shared: Shared, slot: Slot, links: tuple[AnyBlock, ...]) -> Section:
    """Return the links in a place that holds only them."""
    inner = tuple(item(shared.flow, Element("block", link.id), "") for link in links)
    add = Action(text("inspector.add.link"), "add", _adding(shared, slot, "link"))
    body = Items((slot.name, slot.id), inner, text("inspector.empty.links"))
    return Section((slot.name, slot.id), text("inspector.section.links"), (body,), (add,))


def _adding(shared: Shared, slot: Slot, kind: str) -> Callable[[], object]:
    """Return what adds a block to a slot and selects it."""

    def run() -> None:
        block = new_block(shared.flow, kind)
        label = text("inspector.step.add", title=block_word(kind))
        if shared.attempt(lambda flow: insert_block(flow, slot, None, block), label):
            shared.selection.reveal(Element("block", block.id, "title"))

    return run
