"""Flows of many pages, to measure what must not depend on a flow's size: a plain grid, and a site as drawn."""

import random
from functools import cache

import resources
from flow_models.document import storage
from flow_models.document.base import ValueType
from flow_models.document.behaviour import Page, Transition, UseTrigger
from flow_models.document.blocks import Heading, Link
from flow_models.document.data import Variable
from flow_models.document.edits import clip, pages
from flow_models.document.elements import Element
from flow_models.document.flow import Flow, Site

PAGES = 1000
COLUMNS = 40
X_STEP, Y_STEP = 340.0, 250.0

EXAMPLE = "north_bank.flow.json"
SIDE = 6
"""Copies of the example side by side in a site."""
COPY_WIDTH, COPY_HEIGHT = 2500.0, 2300.0


def large_flow(pages: int = PAGES) -> Flow:
    """Return a flow on a grid; each page has a heading and two links, to its neighbour and to the page below."""
    return Flow(
        id="large",
        title="Large",
        site=Site(start="p0"),
        variables=(Variable(id="v_seen", name="seen", type=ValueType(kind="integer"), initial=0),),
        pages=tuple(_page(number) for number in range(pages)),
        transitions=tuple(
            _transition(number, step, pages, when)
            for number in range(pages)
            for step, when in ((1, ""), (COLUMNS, "seen == 0"))
        ),
    )


@cache
def large_site(count: int) -> Flow:
    """Return a site of so many pages as people draw them, with 3.5 transitions each: an example again and again."""
    flow = example = storage.load(resources.path("examples", EXAMPLE))
    parts = {Element("page", page.id) for page in example.pages}
    held = clip.copy(example, parts | {Element("section", section.id) for section in example.sections})
    rng = random.Random(0)
    copies = 1
    while len(flow.pages) < count:
        known = len(flow.pages)
        flow = clip.paste(flow, held, rng=rng)
        added = zip(example.pages, flow.pages[known:], strict=True)
        placed = (_placed(original, page, copies) for original, page in added)
        flow = flow.rebuilt(pages=(*flow.pages[:known], *placed))
        copies += 1
    surplus = {page.id for page in flow.pages[count:]}
    return pages.remove_pages(flow, surplus) if surplus else flow


def _placed(original: Page, page: Page, copy: int) -> Page:
    """Return a page of a copy of the example at its own place and address."""
    x, y = original.x + copy % SIDE * COPY_WIDTH, original.y + copy // SIDE * COPY_HEIGHT
    return page.rebuilt(x=x, y=y, path=original.path and f"/{copy}{original.path}")


def _page(number: int) -> Page:
    """Return one page at its place in the grid."""
    return Page(
        id=f"p{number}",
        title=f"Page {number}",
        path=f"/page/{number}",
        x=number % COLUMNS * X_STEP,
        y=number // COLUMNS * Y_STEP,
        blocks=(
            Heading(id=f"b{number}_h", text=f"Page {number}"),
            Link(id=f"b{number}_1", title="Next"),
            Link(id=f"b{number}_{COLUMNS}", title="Below"),
        ),
    )


def _transition(number: int, step: int, pages: int, when: str) -> Transition:
    """Return an arrow from a page to the one so many further on."""
    return Transition.model_validate(
        {
            "id": f"t{number}_{step}",
            "from": f"p{number}",
            "on": UseTrigger(block=f"b{number}_{step}"),
            "when": when,
            "to": f"p{(number + step) % pages}",
        }
    )
