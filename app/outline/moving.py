"""Where a line of the outline may go, what that does to the flow, and what the step is called.

What stands on pages goes where `app.blocks.placing` says; this is about the order of everything else.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import resources
from app.blocks.placing import Spot, end_of, inward, outward, spot_beside, spot_inside, stepped
from app.document.changing import Change
from app.words.elements import title_of
from flow_models.document.base import PageId
from flow_models.document.data import Column, Table
from flow_models.document.edits import data, pages, sections, tasks, transitions
from flow_models.document.edits.parts import INNER, holder_of
from flow_models.document.edits.tree import Slot
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.tasks import Parameter, Task
from flow_models.geometry import homes

Side = Literal["before", "behind", "into"]
PAGES = "pages"
"""The line under which pages without a section stand; its key in the tree."""
BANDS = ("header", "footer")


class Aim(NamedTuple):
    """What a line is held at: before, behind or onto another line.

    Attributes:
        element: What that line stands for; `None` for a line that groups others.
        side: On which side of it, or onto it.
        group: The key of a line that groups others.
        owner: The section whose header or footer such a line is.
    """

    element: Element | None
    side: Side
    group: str = ""
    owner: str = ""


class Step(NamedTuple):
    """A change of the order, and what it is called."""

    change: Change
    label: str


def block_spot(flow: Flow, aim: Aim) -> Spot | None:
    """Return where a block goes that is held at a line; `None` where none can."""
    at = aim.element
    if at is None:
        section = flow.sections_by_id.get(aim.owner)
        if section is None or aim.group not in BANDS:
            return None
        return Spot(Slot("section", section.id, _band(aim.group)), len(getattr(section, aim.group)))
    if at.kind == "block":
        inside = spot_inside(flow, at.id) if aim.side == "into" else None
        return inside or spot_beside(flow, at.id, int(aim.side != "before"))
    if at.kind == "page":
        return end_of(flow, flow.pages_by_id[at.id])
    return end_of(flow, flow.sections_by_id[at.id]) if at.kind == "section" else None


def step_to(flow: Flow, moved: Element, aim: Aim) -> Step | str:
    """Return what brings an element to a line; why it may not go there, in words."""
    found = _page_step(flow, moved, aim) if moved.kind == "page" else _sibling_step(flow, moved, aim)
    return found or resources.text(f"shell.outline.only.{moved.kind}")


def aim_by_key(flow: Flow, moved: Element, way: str) -> Aim | Spot | None:
    """Return where a key leads: `up` or `down` past a neighbour, `in` to what is above, `out` of what holds it."""
    if moved.kind == "block":
        return _BLOCK_WAYS[way](flow, moved.id)
    stands = siblings(flow, moved)
    here = stands.index(moved.id)
    if way in ("up", "down"):
        there = here + (1 if way == "down" else -1)
        if not 0 <= there < len(stands):
            return None
        return Aim(Element(moved.kind, stands[there]), "behind" if way == "down" else "before")
    if moved.kind != "page":
        return None
    home = flow.section_of.get(PageId(moved.id))
    if way == "out":
        return None if home is None else Aim(None, "into", PAGES)
    above = _section_above(flow, home.id if home else None)
    return None if above is None else Aim(Element("section", above), "into")


def can_move(element: Element) -> bool:
    """Say whether an element has a place among others in the outline, where rows of tables have no lines."""
    return element.kind not in {"flow", "site", "row"}


def siblings(flow: Flow, element: Element) -> list[str]:
    """Return the ids of what an element stands among in the outline, itself included, in their order."""
    match element.kind:
        case "page":
            home = flow.section_of.get(PageId(element.id))
            if home is None:
                return [page.id for page in flow.pages if page.id not in flow.section_of]
            return [page for page in home.pages if flow.section_of.get(page) is home]
        case "column" | "parameter":
            return [part.id for part in _parts(flow, element)]
        case "transition":
            source = flow.transitions_by_id[element.id].source
            return [arrow.id for arrow in flow.transitions if arrow.source == source]
        case _:
            return [part.id for part in getattr(flow, f"{element.kind}s")]


def _band(name: str) -> str:
    return "header" if name == BANDS[0] else "footer"


def _section_above(flow: Flow, home: str | None) -> str | None:
    """Return the section that stands above another one, or above the pages without one."""
    ids: list[str] = [section.id for section in flow.sections]
    place = len(ids) if home is None else ids.index(home)
    return ids[place - 1] if place else None


def _page_step(flow: Flow, moved: Element, aim: Aim) -> Step | None:
    """Return what brings a page beside another one, into a section, or out of its own."""
    what, at = title_of(flow, moved), aim.element
    own = flow.section_of.get(PageId(moved.id))
    if at is None:
        if aim.group != PAGES:
            return None
        if own is None:
            return Step(lambda now: now, "")
        label = resources.text("shell.outline.move_out", what=what, where=title_of(flow, Element("section", own.id)))
        return Step(lambda now: homes.brought(now, moved.id, None), label)
    if at.kind == "section":
        return Step(lambda now: _brought(now, moved.id, at.id), _label(what, "into", title_of(flow, at)))
    if at.kind != "page" or at == moved:
        return None
    side: Side = "before" if aim.side == "before" else "behind"

    def change(now: Flow) -> Flow:
        home = now.section_of.get(PageId(at.id))
        now = _brought(now, moved.id, None if home is None else home.id)
        if home is None:
            order = [page.id for page in now.pages if page.id != moved.id]
            return pages.move_page(now, moved.id, order.index(PageId(at.id)) + (side == "behind"))
        order = [page for page in now.sections_by_id[home.id].pages if page != moved.id]
        return sections.order_page(now, home.id, moved.id, order.index(PageId(at.id)) + (side == "behind"))

    return Step(change, _label(what, side, title_of(flow, at)))


def _brought(flow: Flow, page: str, home: str | None) -> Flow:
    """Return the flow with a page in a section, lying there; as it is if it belongs there already."""
    own = flow.section_of.get(PageId(page))
    return flow if (own.id if own else None) == home else homes.brought(flow, page, home)


def _sibling_step(flow: Flow, moved: Element, aim: Aim) -> Step | None:
    """Return what brings an element beside another one of its kind."""
    at = aim.element
    stands = siblings(flow, moved)
    if at is None or at.kind != moved.kind or at.id not in stands or at == moved:
        return None
    side: Side = "before" if aim.side == "before" else "behind"
    everything = _all_ids(flow, moved)
    everything.remove(moved.id)
    index = everything.index(at.id) + (side == "behind")
    return Step(_moving(flow, moved, index), _label(title_of(flow, moved), side, title_of(flow, at)))


def _all_ids(flow: Flow, element: Element) -> list[str]:
    """Return the ids of the whole sequence in which an element is kept."""
    return [arrow.id for arrow in flow.transitions] if element.kind == "transition" else siblings(flow, element)


def _moving(flow: Flow, moved: Element, index: int) -> Change:
    """Return the edit that puts an element at an index of its sequence."""
    holder = holder_of(flow, moved) if moved.kind in INNER else None
    owner = "" if holder is None else holder.id
    movers: dict[str, Callable[[Flow], Flow]] = {
        "section": lambda now: sections.move_section(now, moved.id, index),
        "table": lambda now: data.move_table(now, moved.id, index),
        "variable": lambda now: data.move_variable(now, moved.id, index),
        "task": lambda now: tasks.move_task(now, moved.id, index),
        "transition": lambda now: transitions.move_transition(now, moved.id, index),
        "column": lambda now: data.move_column(now, owner, moved.id, index),
        "parameter": lambda now: tasks.move_parameter(now, owner, moved.id, index),
    }
    return movers[moved.kind]


def _parts(flow: Flow, element: Element) -> Sequence[Column | Parameter]:
    """Return the columns or parameters among which one stands."""
    match holder_of(flow, element):
        case Table(columns=columns):
            return columns
        case Task(parameters=parameters):
            return parameters
        case _:
            return ()


def _label(what: str, side: Side, where: str) -> str:
    return resources.text("shell.placing.move", what=what, where=resources.text(f"shell.placing.{side}", what=where))


_BLOCK_WAYS: dict[str, Callable[[Flow, str], Spot | None]] = {
    "up": lambda flow, block: stepped(flow, block, -1),
    "down": lambda flow, block: stepped(flow, block, 1),
    "in": inward,
    "out": outward,
}
