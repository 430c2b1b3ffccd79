"""What the elements of a flow are called on screen: a title, a word for the kind, an idea for the icon.

All panels word an element the same way through this module.
"""

import resources
from flow_models.document.behaviour import CLOSE, STAY, Page, Section, Transition
from flow_models.document.blocks import AnyBlock, is_field
from flow_models.document.data import Column, Row, Table, Variable
from flow_models.document.edits.parts import Part, part_of
from flow_models.document.elements import Element
from flow_models.document.flow import Flow, Site
from flow_models.document.tasks import Parameter, Task
from flow_models.geometry.marks import plain

TITLE_LIMIT = 60


def exists(flow: Flow, element: Element) -> bool:
    """Return whether the flow has an element."""
    return part_of(flow, element) is not None


def title_of(flow: Flow, element: Element) -> str:
    """Return what an element is called on screen; an element that is gone has its kind's word."""
    part = part_of(flow, element)
    return kind_word(element.kind) if part is None else title_of_part(flow, part)


def title_of_part(flow: Flow, part: Part) -> str:
    """Return what a part of the flow is called on screen."""
    match part:
        case Flow() | Page() | Section() | Task():
            word = "page" if isinstance(part, Page) else type(part).__name__.lower()
            return _line(part.title) or resources.text(f"shell.untitled.{word}")
        case Site():
            return _line(part.name) or kind_word("site")
        case Table() | Column() | Variable() | Parameter():
            return _line(part.title) or part.name
        case Row():
            first = next((value for value in part.values.values() if isinstance(value, str) and value), "")
            return _line(first) or kind_word("row")
        case Transition():
            return transition_title(flow, part)
        case _:
            return block_title(part)


def block_title(block: AnyBlock) -> str:
    """Return what a block is called: its title or text, else its name, else the word for its kind."""
    said = getattr(block, "title", "") or getattr(block, "text", "")
    if not said and is_field(block):
        said = getattr(block, "name", "")
    return _line(said) or block_word(block.kind)


def transition_title(flow: Flow, transition: Transition) -> str:
    """Return what a transition is called: what the visitor does, and where it leads."""
    return resources.text(
        "shell.transition.title", trigger=trigger_words(flow, transition), target=target_words(flow, transition)
    )


def trigger_words(flow: Flow, transition: Transition) -> str:
    """Return in a word or two what sets a transition off."""
    on = transition.on
    if on.kind == "use" or on.kind == "change":
        block = part_of(flow, Element("block", on.block))
        title = resources.text("shell.untitled.trigger") if block is None else title_of_part(flow, block)
        return title if on.kind == "use" else resources.text("shell.transition.change", block=title)
    if on.kind == "wait":
        return resources.text("shell.transition.wait", steps=on.steps)
    return resources.text(f"shell.transition.{on.kind}")


def target_words(flow: Flow, transition: Transition) -> str:
    """Return where a transition leads."""
    if transition.to in {STAY, CLOSE}:
        return resources.text(f"shell.transition.to_{transition.to}")
    return title_of(flow, Element("page", transition.to))


def page_of(flow: Flow, element: Element) -> str | None:
    """Return the page on which an element is to be seen: itself, a block's, or a transition's source."""
    if element.kind == "page":
        return element.id if element.id in flow.pages_by_id else None
    if element.kind == "section":
        return _first_page(flow.sections_by_id.get(element.id))
    if element.kind == "block":
        owner = flow.owners_by_block.get(element.id)
        return owner.id if isinstance(owner, Page) else _first_page(owner)
    if element.kind == "transition" and element.id in flow.transitions_by_id:
        source = flow.transitions_by_id[element.id].source
        return source if source in flow.pages_by_id else _first_page(flow.sections_by_id.get(source))
    return None


def kind_word(kind: str) -> str:
    """Return the word for a kind of element, such as "Page"."""
    return resources.text(f"shell.kind.{kind}")


def block_word(kind: str) -> str:
    """Return the word for a kind of block, such as "Heading"."""
    return resources.text(f"shell.block.{kind}")


def icon_idea(part: Part) -> str:
    """Return the idea whose icon stands for a part."""
    match part:
        case Page():
            return part.kind
        case Flow() | Site() | Table() | Column() | Row() | Variable() | Section() | Task() | Parameter():
            return type(part).__name__.lower()
        case Transition():
            return "transition"
        case _:
            return part.kind


def word_of_part(part: Part) -> str:
    """Return the word for what a part is, such as "Dialog" or "Money field"."""
    match part:
        case Page() if part.kind == "dialog":
            return kind_word("dialog")
        case Flow() | Site() | Table() | Column() | Row() | Variable() | Section() | Page() | Task() | Parameter():
            return kind_word(type(part).__name__.lower())
        case Transition():
            return kind_word("transition")
        case _:
            return block_word(part.kind)


def _first_page(section: Section | Page | None) -> str | None:
    return section.pages[0] if isinstance(section, Section) and section.pages else None


def _line(text: str) -> str:
    """Return a text as one short line, in which values are said between angle quotes."""
    line = " ".join(plain(text).split())
    return line if len(line) <= TITLE_LIMIT else line[: TITLE_LIMIT - 1].rstrip() + "…"
