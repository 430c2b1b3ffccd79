"""Small flows for the tests of geometry and canvas, and a large one for their figures."""

import random

from flow_models.document.behaviour import Page, Section, Transition, UseTrigger
from flow_models.document.blocks import AnyBlock, Button, Form, Heading, Link, Navigation
from flow_models.document.field_blocks import TextField
from flow_models.document.flow import Flow, Site
from flow_models.geometry.layout import Layout
from flow_models.geometry.shapes import Rect, samples


def page(page_id: str, x: float = 0.0, y: float = 0.0, *blocks: AnyBlock, title: str = "") -> Page:
    """Return a page with a heading and a button `go_PAGE` unless other blocks are given."""
    own = blocks or (Heading(id=f"h_{page_id}", text=page_id), Button(id=f"go_{page_id}", title="Go on"))
    return Page(id=page_id, title=title or page_id.capitalize(), path=f"/{page_id}", blocks=own, x=x, y=y)


def arrow(transition_id: str, source: str, to: str, block: str = "", when: str = "") -> Transition:
    """Return a transition that a page's own button takes, or another block."""
    return Transition(id=transition_id, source=source, on=UseTrigger(block=block or f"go_{source}"), to=to, when=when)


def shop() -> Flow:
    """Return a list, a form and a confirmation side by side, the first two in a section with a navigation."""
    form = Form(
        id="form",
        blocks=(
            TextField(id="name_field", name="name", title="Your name"),
            Button(id="order", title="Order", style="primary", submit=True),
        ),
    )
    links = (Link(id="to_home", title="Home"),)
    return Flow(
        id="shop",
        title="Shop",
        site=Site(start="home"),
        sections=(
            Section(
                id="buying",
                title="Buying",
                colour="#1f7a6b",
                header=(Navigation(id="nav", links=links),),
                pages=("home", "checkout"),
            ),
        ),
        pages=(
            page("home", 0, 0),
            page("checkout", 340, 0, Heading(id="h", text="Checkout"), form),
            page("done", 680, 0),
        ),
        transitions=(
            arrow("t_go", "home", "checkout"),
            arrow("t_order", "checkout", "done", "order", when="field.name != empty"),
            arrow("t_again", "checkout", "stay", "order"),
            Transition(id="t_nav", source="buying", on=UseTrigger(block="to_home"), to="home"),
        ),
    )


def large(pages: int = 1000, arrows: int = 2000, columns: int = 40) -> Flow:
    """Return a flow on a grid whose arrows mostly lead to neighbours."""
    dice = random.Random(1)
    steps = (1, 1, 1, -1, columns, -columns, 2)
    made = tuple(page(f"p{n}", n % columns * 340.0, n // columns * 250.0) for n in range(pages))
    ways = tuple(
        arrow(
            f"t{n}", f"p{n % pages}", f"p{(n + dice.choice(steps)) % pages}", when="" if n % 2 else "amount <= balance"
        )
        for n in range(arrows)
    )
    return Flow(id="large", title="Large", site=Site(start="p0"), pages=made, transitions=ways)


def overlaps(layout: Layout) -> float:
    """Return how much area the labels of a layout share with cards and with each other."""
    labels = [arrow.label.rect for arrow in layout.arrows.values() if arrow.label is not None]
    cards = [card.rect for card in layout.cards.values()]
    on_cards = sum(label.shared_area(card) for label in labels for card in cards)
    on_labels = sum(one.shared_area(other) for n, one in enumerate(labels) for other in labels[n + 1 :])
    return on_cards + on_labels


def crossed(layout: Layout, transition: str) -> list[str]:
    """Return the pages whose cards an arrow runs over, its own ends left out."""
    drawn = layout.arrows[transition]
    points = samples(drawn.curve, 24)
    return [
        page_id
        for page_id, card in layout.cards.items()
        if page_id not in (drawn.source, drawn.target) and any(_inside(card.rect, point) for point in points)
    ]


def _inside(rect: Rect, point: tuple[float, float]) -> bool:
    return rect.x < point[0] < rect.right and rect.y < point[1] < rect.bottom
