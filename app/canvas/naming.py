"""What the canvas's edits are called in the history: what was done to which elements, and where."""

from collections.abc import Collection, Mapping, Sequence

import resources
from app.words.counts import counted
from app.words.elements import title_of
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow
from flow_models.geometry.homes import homes_of

_ON_CANVAS = ("page", "transition", "section")


def names(flow: Flow, elements: Sequence[Element]) -> str:
    """Return what some elements of the canvas are called: one or two by their titles, more by how many."""
    shown = [element for element in elements if element.kind in _ON_CANVAS]
    if len(shown) == 1:
        return title_of(flow, shown[0])
    if len(shown) == 2:
        return resources.text("canvas.both", first=title_of(flow, shown[0]), second=title_of(flow, shown[1]))
    kinds = {element.kind for element in shown}
    return counted(kinds.pop() if len(kinds) == 1 else "element", len(shown))


def page_names(flow: Flow, page_ids: Collection[str]) -> str:
    """Return what some pages are called."""
    return names(flow, [Element("page", page) for page in page_ids])


def labelled(kind: str, what: str, **where: str) -> str:
    """Return what an edit is called; `kind` is that of the message `canvas.edit.KIND`."""
    return resources.text(f"canvas.edit.{kind}", what=what, **where)


def connect_label(flow: Flow, source: str, target: str) -> str:
    """Return what drawing an arrow from one page to another is called."""
    return labelled("connect", page_names(flow, [target]), where=page_names(flow, [source]))


def rename_label(flow: Flow, element: Element, title: str) -> str:
    """Return what giving a page or section another title is called."""
    return labelled("rename", " ".join(title.split()), before=title_of(flow, element))


def delete_label(flow: Flow, elements: Sequence[Element]) -> str:
    """Return what deleting is called; an arrow is named with the page that it leaves."""
    what = names(flow, elements)
    if len(elements) == 1 and elements[0].id in flow.transitions_by_id:
        source = flow.transitions_by_id[elements[0].id].source
        kind: ElementKind = "page" if source in flow.pages_by_id else "section"
        return labelled("delete_arrow", what, where=title_of(flow, Element(kind, source)))
    return labelled("delete", what)


def move_label(flow: Flow, page_ids: Collection[str], homes: Mapping[str, str | None], what: str = "") -> str:
    """Return what moving pages is called, with the section that they came into or left."""
    before = homes_of(flow, page_ids)
    what = what or page_names(flow, page_ids)
    into = {homes[page] for page in page_ids if homes[page] != before[page]}
    left = {before[page] for page in page_ids if homes[page] != before[page]}
    if len(into) == 1 and (section := into.copy().pop()) is not None:
        return labelled("move_into", what, where=title_of(flow, Element("section", section)))
    if into == {None} and len(left) == 1 and (section := left.pop()) is not None:
        return labelled("move_out", what, where=title_of(flow, Element("section", section)))
    return labelled("move", what)
