"""Where labels lie between two cards each still belongs visibly to its arrow, and on nothing else."""

import math
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

import resources
from app.commands.large import large_site
from flow_models.document import storage
from flow_models.document.behaviour import Section, Transition, UseTrigger
from flow_models.document.blocks import Button, Link, Navigation
from flow_models.document.edits import pages as page_edits
from flow_models.document.flow import Flow, Site
from flow_models.geometry.arrows import Arrow
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.shapes import Point, Rect, samples
from tests.flow_models.geometry.samples import arrow, page

WORDS = ("Go", "Send money", "Continue to the payment", "Back", "Show everything that was ever sent to anybody")
GUARDS = ("", "clock.step > 1", "clock.step > 1 and clock.step < 40")


@some.composite
def flows(draw: some.DrawFn) -> Flow:
    """Draw cards beside or below each other with up to eight arrows between two of them, either way, and loops."""
    count = draw(some.integers(2, 4))
    names = "abcd"[:count]
    steps = some.tuples(some.sampled_from((270.0, 340.0, 520.0)), some.sampled_from((-260.0, -40.0, 0.0, 40.0, 260.0)))
    spots, x, y = [], 0.0, 0.0
    for _ in names:
        spots.append((x, y))
        dx, dy = draw(steps)
        x, y = x + dx, y + dy
    buttons = {
        name: tuple(Button(id=f"{name}{n}", title=title) for n, title in enumerate(draw(some.permutations(WORDS))[:3]))
        for name in names
    }
    made = tuple(page(name, *spot, *buttons[name]) for name, spot in zip(names, spots, strict=True))
    ends = some.tuples(some.sampled_from(names), some.sampled_from((*names, "stay")))
    pairs = [draw(ends) for _ in range(draw(some.integers(0, 4)))]
    pairs += [draw(some.sampled_from((("a", "b"), ("b", "a"), ("a", "a")))) for _ in range(draw(some.integers(1, 8)))]
    ways = tuple(
        arrow(f"t{n}", source, to, f"{source}{draw(some.integers(0, 2))}", when=draw(some.sampled_from(GUARDS)))
        for n, (source, to) in enumerate(pairs)
    )
    links = tuple(Link(id=f"link{n}", title=title) for n, title in enumerate(WORDS[:3]))
    chips = tuple(
        Transition(id=f"chip{n}", source="sec", on=UseTrigger(block=link.id), to="a") for n, link in enumerate(links)
    )
    header = (Navigation(id="nav", links=links),)
    section = Section(id="sec", title="Buying things", colour="#1f7a6b", header=header, pages=tuple(names[1:]))
    return Flow(id="f", title="F", site=Site(start="a"), pages=made, sections=(section,), transitions=(*ways, *chips))


def seen(layout: Layout) -> list[Arrow]:
    return [drawn for drawn in layout.arrows.values() if drawn.kind != "section"]


def apart(curve: tuple[Point, ...], rect: Rect) -> float:
    """Return how far a curve stays from a rectangle."""
    fine = (
        Point(a.x + (b.x - a.x) * step / steps, a.y + (b.y - a.y) * step / steps)
        for a, b in pairwise(samples(curve, 20))
        for steps in (math.ceil(math.dist(a, b) / 2) or 1,)
        for step in range(steps + 1)
    )
    outside = ((max(rect.x - x, 0.0, x - rect.right), max(rect.y - y, 0.0, y - rect.bottom)) for x, y in fine)
    return min(math.hypot(dx, dy) for dx, dy in outside)


def strangers(layout: Layout) -> list[str]:
    """Return the transitions whose labels stand as near to another line, without a leader to their own."""
    found: list[str] = []
    for drawn in seen(layout):
        label = drawn.label
        if label is None or label.leader is not None:
            continue
        own = apart(drawn.curve, label.rect)
        near = label.rect.inflated(own + 30)
        others = [other for other in seen(layout) if other is not drawn and other.bounds.inflated(1).touches(near)]
        if own > 10 or any(apart(other.curve, label.rect) <= own for other in others):
            found.append(drawn.transition)
    return found


def misplaced(layout: Layout) -> list[tuple[str, Rect]]:
    """Return the labels that lie on cards, on their ports, on titles or chips of sections, or on other labels."""
    labels = {drawn.transition: drawn.label.rect for drawn in seen(layout) if drawn.label is not None}
    cards = [card.rect for card in layout.cards.values()]
    ports = [
        Rect(side - 5, card.rect.y + port.y - 5, 10, 10)
        for card in layout.cards.values()
        for port in card.face.ports
        for side in (card.rect.x, card.rect.right)
    ]
    words = [rect for frame in layout.frames.values() for rect in (*frame.words, *(c.rect for c in frame.chips))]
    fixed = [*cards, *ports, *words]
    found = [(str(key), other) for key, rect in labels.items() for other in fixed if rect.touches(other)]
    for key, rect in labels.items():
        found += [(str(key), other) for name, other in labels.items() if name < key and rect.touches(other)]
    return found


def unled(layout: Layout) -> list[str]:
    """Return the transitions whose leaders do not run from their words to their line."""
    return [
        drawn.transition
        for drawn in seen(layout)
        if drawn.label is not None and drawn.label.leader is not None
        if not drawn.label.rect.holds(drawn.label.leader[0])
        or apart(drawn.curve, Rect(*drawn.label.leader[1], 0, 0)) > 2
        or math.dist(*drawn.label.leader) < 2
    ]


def check(layout: Layout) -> None:
    assert not strangers(layout)
    assert not misplaced(layout)
    assert not unled(layout)
    assert all(drawn.label is not None for drawn in seen(layout))
    bounds = layout.bounds.inflated(0.1)
    for drawn in seen(layout):
        assert drawn.label is not None
        rect = drawn.label.bounds
        assert bounds.x <= rect.x
        assert rect.right <= bounds.right
        assert bounds.y <= rect.y
        assert rect.bottom <= bounds.bottom


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(flows())
def test_where_many_labels_lie_between_two_cards_each_belongs_to_its_arrow(flow: Flow) -> None:
    check(layout_of(flow))


@pytest.mark.proof
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    flows(),
    some.lists(some.tuples(some.integers(0, 3), some.sampled_from((-90.0, -30.0, 0.0, 45.0, 120.0))), max_size=4),
)
def test_each_label_still_belongs_to_its_arrow_after_pages_were_moved(
    flow: Flow, moves: list[tuple[int, float]]
) -> None:
    layout = layout_of(flow)
    for number, by in moves:
        moved = flow.pages[number % len(flow.pages)]
        flow = page_edits.move_pages(flow, {moved.id: (moved.x + by / 2, moved.y + by)})
        layout = layout_of(flow, layout)
        assert not strangers(layout)
        assert not misplaced(layout)
        assert not unled(layout)


@pytest.mark.parametrize("name", ["north_bank", "skylark_air"])
def test_each_label_of_an_example_belongs_to_its_arrow(name: str) -> None:
    check(layout_of(storage.load(resources.path("examples", f"{name}.flow.json"))))


def test_each_label_of_a_large_site_belongs_to_its_arrow() -> None:
    layout = layout_of(large_site(60))
    assert not strangers(layout)
    assert not misplaced(layout)


def six() -> Flow:
    """Return two cards with six arrows between them, either way."""
    ways = (("a", "b"), ("b", "a")) * 3
    pair = (page("a", 0, 0), page("b", 340, 0))
    return Flow(
        id="six",
        pages=pair,
        transitions=tuple(arrow(f"t{n}", *ends, when=GUARDS[n % 3]) for n, ends in enumerate(ways)),
    )


def test_a_card_that_comes_onto_a_label_far_from_its_arrow_drives_it_away() -> None:
    flow = six()
    flow = flow.rebuilt(pages=(*flow.pages, page("c", 0, 900)))
    before = layout_of(flow)
    away = [drawn for drawn in seen(before) if drawn.label is not None and not drawn.label.rect.touches(drawn.bounds)]
    assert away
    label = away[0].label
    assert label is not None
    after = layout_of(flow, before, {"c": (label.rect.x - 100, label.rect.bottom - 900 - 4)})
    assert not misplaced(after)
