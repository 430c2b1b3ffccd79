"""Does every section hold pages, and every page at most one section?"""

from collections.abc import Iterator
from functools import partial

from flow_models.checks.context import Context
from flow_models.checks.labels import owner_label, page_label
from flow_models.checks.problem import Problem, fix, problem
from flow_models.document.edits.sections import get_section, put_pages, remove_section, replace_section
from flow_models.document.elements import Element
from flow_models.document.flow import Flow


def problems(context: Context) -> Iterator[Problem]:
    """Yield empty sections, pages in two of them, and pages that are not there."""
    flow = context.flow
    for section in flow.sections:
        element = Element("section", section.id)
        if not section.pages:
            removing = fix("remove_section", partial(remove_section, section_id=section.id))
            yield problem("section.empty", "hint", element, fix=removing, section=owner_label(section))
        for page_id in section.pages:
            page = flow.pages_by_id.get(page_id)
            if page is None:
                forgetting = fix("forget_pages", partial(_with_known_pages, section_id=section.id))
                yield problem("section.unknown_page", "error", element, fix=forgetting, section=owner_label(section))
            elif flow.section_of[page_id] is not section:
                first = flow.section_of[page_id]
                choosing = fix(
                    "one_section",
                    partial(_in_one, page_id=page_id, section_id=first.id),
                    section=owner_label(first),
                )
                yield problem(
                    "section.two", "error", Element("page", page_id), element, fix=choosing, page=page_label(page)
                )


def _in_one(flow: Flow, page_id: str, section_id: str) -> Flow:
    """Return the flow with a page in one section; those that held nothing else are gone."""
    others = [one.id for one in flow.sections if page_id in one.pages and len(one.pages) == 1 and one.id != section_id]
    flow = put_pages(flow, (page_id,), section_id)
    for other in others:
        flow = remove_section(flow, other)
    return flow


def _with_known_pages(flow: Flow, section_id: str) -> Flow:
    """Return the flow with a section that lists only pages which are there."""
    section = get_section(flow, section_id)
    return replace_section(
        flow, section.rebuilt(pages=tuple(page for page in section.pages if page in flow.pages_by_id))
    )
