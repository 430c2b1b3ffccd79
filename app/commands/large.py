"""A flow of a thousand pages and two thousand transitions, for measuring what must not depend on a flow's size."""

from flow_models.document.base import ValueType
from flow_models.document.behaviour import Page, Transition, UseTrigger
from flow_models.document.blocks import Heading, Link
from flow_models.document.data import Variable
from flow_models.document.flow import Flow, Site

PAGES = 1000
COLUMNS = 40
X_STEP, Y_STEP = 340.0, 250.0


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
