"""Does a visit have a page to begin on?"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Fix, Problem, fix, problem
from flow_models.document.edits.pages import add_page, set_site, set_start
from flow_models.document.edits.starts import new_page
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def problems(context: Context) -> Iterator[Problem]:
    """Yield what is wrong with the start page and the page for unknown addresses."""
    flow = context.flow
    site = Element("site", "", "start")
    if not flow.pages:
        yield problem("start.no_pages", "error", site, fix=fix("add_page", lambda now: add_page(now, new_page(now))))
        return
    start = flow.pages_by_id.get(flow.site.start or "")
    if start is None:
        yield problem("start.missing", "error", site, fix=_beginning(flow))
    elif start.kind == "dialog":
        dialog = Element("page", start.id)
        yield problem("start.dialog", "error", site, dialog, fix=_beginning(flow), page=page_label(start))
    elif start.record is not None:
        yield problem("start.record", "error", site, Element("page", start.id, "record"), page=page_label(start))
    if flow.site.not_found is not None and flow.site.not_found not in flow.pages_by_id:
        yield problem(
            "start.not_found_missing",
            "error",
            Element("site", "", "not_found"),
            fix=fix("plain_not_found", lambda now: set_site(now, now.site.rebuilt(not_found=None))),
        )


def _beginning(flow: Flow) -> Fix | None:
    """Return the fix that lets a visit begin on the first page that is no dialog."""
    first = next((page for page in flow.pages if page.kind == "page"), None)
    return fix("start_here", lambda now: set_start(now, first.id), page=page_label(first)) if first else None
