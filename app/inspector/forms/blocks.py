"""The form of a block: what its kind asks, when it is shown, what happens when it is used, and the blocks around it."""

from app.inspector.blocktree import BlockTree
from app.inspector.forms.block_forms import own_form
from app.inspector.forms.parts import item
from app.inspector.nodes import Action, Condition, Items, Node, Own, Row, Section
from app.inspector.shared import Shared
from app.words.elements import block_title
from flow_models.document.behaviour import ChangeTrigger, Page, UseTrigger
from flow_models.document.blocks import AnyBlock, is_control, is_field
from flow_models.document.edits.starts import new_transition
from flow_models.document.edits.transitions import add_transition
from flow_models.document.elements import Element
from flow_models.runtime.machine.base.kinds import CHANGING
from resources import text


def block_form(shared: Shared, element: Element) -> tuple[Node, ...]:
    """Return the form of a block, with the tree of the blocks around it."""
    flow = shared.flow
    owner = flow.owners_by_block[element.id]
    block = owner.blocks_by_id[element.id]
    nodes = [*own_form(shared, block), _showing(block)]
    if is_control(block) or block.kind in CHANGING:
        nodes.append(_used(shared, block))
    around = Element("page" if isinstance(owner, Page) else "section", owner.id)
    return (*nodes, tree_section(shared, around, text("inspector.section.around")))


def tree_section(shared: Shared, owner: Element, title: str) -> Section:
    """Return the tree of the blocks of a page or section."""
    tree = Own(("tree", owner), lambda parent: BlockTree(shared, owner, parent))
    return Section(("blocks", owner.kind), title, (tree,))


def _showing(block: AnyBlock) -> Section:
    at = Element("block", block.id, "show_if")
    row = Row(at, "", Condition(text("inspector.blank.show_if")))
    return Section(("show", block.id), text("inspector.section.show_if"), (row,), is_open=True)


def _used(shared: Shared, block: AnyBlock) -> Section:
    """Return what happens when the block is used: the transitions that listen to it."""
    flow = shared.flow
    arrows = [arrow for arrow in flow.transitions if getattr(arrow.on, "block", None) == block.id]
    inner = tuple(item(flow, Element("transition", arrow.id), "") for arrow in arrows)
    is_changed = is_field(block)
    title = text("inspector.section.changed" if is_changed else "inspector.section.used")

    def add() -> None:
        owner = shared.flow.owners_by_block[block.id]
        on = ChangeTrigger(block=block.id) if is_changed else UseTrigger(block=block.id)
        arrow = new_transition(owner.id, on)
        shared.attempt(
            lambda changed: add_transition(changed, arrow), text("inspector.step.connect", title=block_title(block))
        )
        shared.selection.reveal(Element("transition", arrow.id, "to"))

    action = Action(text("inspector.add.transition"), "add", add)
    empty = text("inspector.empty.changed" if is_changed else "inspector.empty.used")
    return Section(
        ("used", block.id),
        title,
        (Items(("used", block.id), inner, empty),),
        (action,),
        is_open=bool(arrows) or not is_changed,
    )
