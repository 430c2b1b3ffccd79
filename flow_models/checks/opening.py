"""Does an address save a visitor what the ways to its page ask of them?

A page of one record whose address opens to everybody, while every page that leads to it opens only under a condition,
can be used by whoever guesses or is told the record: what should have been found or signed in for is skipped.
"""

from collections.abc import Iterator

from flow_models.checks.context import Context
from flow_models.checks.graph import sources
from flow_models.checks.labels import page_label
from flow_models.checks.problem import Problem, problem
from flow_models.checks.writers import changes_durable
from flow_models.document.behaviour import Page
from flow_models.document.elements import Element

_ALWAYS = frozenset({"", "true"})
"""What a page says of its address where that opens under no condition."""


def problems(context: Context) -> Iterator[Problem]:
    """Yield the pages that change lasting data of a record and open to everybody, unlike all pages before them."""
    for page in context.flow.pages:
        if page.record is None or page.open_by_url.strip() != "true":
            continue
        leading = [context.flow.pages_by_id[source] for source in _before(context, page)]
        if leading and all(one.open_by_url.strip() not in _ALWAYS for one in leading) and _lasts(context, page):
            yield problem(
                "page.open_to_all",
                "warning",
                Element("page", page.id, "open_by_url"),
                page=page_label(page),
                before=page_label(leading[0]),
            )


def _before(context: Context, page: Page) -> Iterator[str]:
    """Yield the other pages of which a transition leads to a page."""
    for arrow in context.flow.transitions:
        if arrow.to == page.id:
            yield from (one for one in sources(context.flow, arrow) if one != page.id)


def _lasts(context: Context, page: Page) -> bool:
    """Say whether a transition of a page itself changes a durable table."""
    return any(changes_durable(context.flow, arrow) for arrow in context.arrows_from.get(page.id, ()))
