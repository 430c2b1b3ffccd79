"""Edits of pages and of the site: adding, removing with everything that hangs on them, retitling and placing them."""

from collections.abc import Collection, Mapping

from flow_models.document.behaviour import Page
from flow_models.document.edits.ids import address_from
from flow_models.document.edits.parts import inserted, moved, swapped
from flow_models.document.edits.removal import removed
from flow_models.document.errors import EditError, UnknownElementError
from flow_models.document.flow import Flow, Site


def add_page(flow: Flow, page: Page, section_id: str | None = None) -> Flow:
    """Return the flow with a page more, in a section if one is named; the first page becomes the start.

    Raises:
        UnknownElementError: The flow has no such section.
        EditError: The id is taken.
    """
    if page.id in flow.pages_by_id or page.id in flow.sections_by_id:
        raise EditError("edit.id_taken", kind="page", id=page.id)
    flow = flow.rebuilt(pages=inserted(flow.pages, page, None))
    if flow.site.start is None and page.kind == "page":
        flow = flow.rebuilt(site=flow.site.rebuilt(start=page.id))
    if section_id is None:
        return flow
    section = flow.sections_by_id.get(section_id)
    if section is None:
        raise UnknownElementError("section", section_id)
    return flow.rebuilt(sections=swapped(flow.sections, section.rebuilt(pages=(*section.pages, page.id))))


def remove_pages(flow: Flow, page_ids: Collection[str]) -> Flow:
    """Return the flow without some pages and without what hangs on them.

    Their transitions go, those that lead to them or listen to their blocks too; sections lose them; site and tasks no
    longer start there. Ids that the flow does not have are passed over.
    """
    gone = [flow.pages_by_id[page_id] for page_id in page_ids if page_id in flow.pages_by_id]
    # The row that a task begins with is one of the page on which it begins: without this page it has none.
    tasks = tuple(task.rebuilt(start_record="") if task.start in page_ids else task for task in flow.tasks)
    return removed(flow.rebuilt(tasks=tasks), gone)


def replace_page(flow: Flow, page: Page) -> Flow:
    """Return the flow with the page of this id replaced.

    Raises:
        UnknownElementError: The flow has no page of this id.
    """
    get_page(flow, page.id)
    return flow.rebuilt(pages=swapped(flow.pages, page))


def rename_page(flow: Flow, page_id: str, title: str) -> Flow:
    """Return the flow with one page retitled.

    Raises:
        UnknownElementError: The flow has no page with this id.
    """
    return replace_page(flow, get_page(flow, page_id).rebuilt(title=title.strip()))


def address_of(flow: Flow, page: Page) -> str:
    """Return the address that a page's title and record make, different from those of the other pages."""
    taken = {other.path for other in flow.pages if other.id != page.id}
    return address_from(page.title, taken, flow.tables_by_id.get(page.record or ""))


def move_page(flow: Flow, page_id: str, index: int) -> Flow:
    """Return the flow with a page at another place in the order of all pages, counted without it.

    Raises:
        UnknownElementError: The flow has no such page.
    """
    return flow.rebuilt(pages=moved(flow.pages, page_id, index, "page"))


def move_pages(flow: Flow, positions: Mapping[str, tuple[float, float]]) -> Flow:
    """Return the flow with pages placed elsewhere on the canvas: (x, y) in scene units by page id."""
    pages = tuple(
        page.rebuilt(x=positions[page.id][0], y=positions[page.id][1]) if page.id in positions else page
        for page in flow.pages
    )
    return flow.rebuilt(pages=pages)


def set_start(flow: Flow, page_id: str) -> Flow:
    """Return the flow with visits beginning on a page.

    Raises:
        UnknownElementError: The flow has no such page.
    """
    return set_site(flow, flow.site.rebuilt(start=get_page(flow, page_id).id))


def set_site(flow: Flow, site: Site) -> Flow:
    """Return the flow with another site."""
    return flow.rebuilt(site=site)


def get_page(flow: Flow, page_id: str) -> Page:
    """Return a page by id.

    Raises:
        UnknownElementError: The flow has no such page.
    """
    page = flow.pages_by_id.get(page_id)
    if page is None:
        raise UnknownElementError("page", page_id)
    return page
