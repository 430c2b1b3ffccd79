"""Edits of sections: which there are, which pages they hold, and in which order."""

from collections.abc import Collection

from flow_models.document.behaviour import Section
from flow_models.document.edits.parts import moved, swapped
from flow_models.document.edits.removal import removed
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow


def add_section(flow: Flow, section: Section) -> Flow:
    """Return the flow with a section more; its pages leave the sections they were in.

    Raises:
        EditError: The id is taken.
    """
    if section.id in flow.sections_by_id or section.id in flow.pages_by_id:
        raise EditError("edit.id_taken", kind="section", id=section.id)
    freed = _freed(flow, section.pages, section.id)
    return freed.rebuilt(sections=(*freed.sections, section))


def remove_section(flow: Flow, section_id: str) -> Flow:
    """Return the flow without a section, its transitions and those that listen to its blocks; its pages stay.

    Raises:
        UnknownElementError: The flow has no such section.
    """
    return removed(flow, (get_section(flow, section_id),))


def replace_section(flow: Flow, section: Section) -> Flow:
    """Return the flow with the section of this id replaced; its pages leave the other sections.

    Raises:
        UnknownElementError: The flow has no section of this id.
    """
    get_section(flow, section.id)
    freed = _freed(flow, section.pages, section.id)
    return freed.rebuilt(sections=swapped(freed.sections, section))


def move_section(flow: Flow, section_id: str, index: int) -> Flow:
    """Return the flow with a section at another place in their order.

    Raises:
        UnknownElementError: The flow has no such section.
    """
    return flow.rebuilt(sections=moved(flow.sections, section_id, index, "section"))


def order_page(flow: Flow, section_id: str, page_id: str, index: int) -> Flow:
    """Return the flow with a page of a section at another place among its pages, counted without it.

    Raises:
        UnknownElementError: The flow has no such section, or the section no such page.
    """
    section = get_section(flow, section_id)
    if page_id not in section.pages:
        raise UnknownElementError("page", page_id)
    others = [page for page in section.pages if page != page_id]
    return replace_section(flow, section.rebuilt(pages=(*others[:index], page_id, *others[index:])))


def put_pages(flow: Flow, page_ids: Collection[str], section_id: str | None) -> Flow:
    """Return the flow with pages in a section, or in none; they leave the sections they were in.

    Raises:
        UnknownElementError: The flow has no such section.
    """
    if section_id is None:
        return _freed(flow, page_ids, None)
    section = get_section(flow, section_id)
    joining = tuple(page for page in page_ids if page not in section.pages)
    return replace_section(flow, section.rebuilt(pages=(*section.pages, *joining)))


def get_section(flow: Flow, section_id: str) -> Section:
    """Return a section by id.

    Raises:
        UnknownElementError: The flow has no such section.
    """
    section = flow.sections_by_id.get(section_id)
    if section is None:
        raise UnknownElementError("section", section_id)
    return section


def _freed(flow: Flow, page_ids: Collection[str], but: str | None) -> Flow:
    """Return the flow with pages taken out of every section but one."""
    gone = set(page_ids)
    sections = tuple(
        section.rebuilt(pages=tuple(page for page in section.pages if page not in gone))
        if section.id != but and gone.intersection(section.pages)
        else section
        for section in flow.sections
    )
    return flow.rebuilt(sections=sections)
