"""Tidying up: nothing overlaps, what is not tidied stays, and everything has the proportions of a window."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import resources
from flow_models.document import storage
from flow_models.document.behaviour import Section
from flow_models.document.edits import pages
from flow_models.document.flow import Flow, Site
from flow_models.geometry.layout import Layout, layout_of
from flow_models.geometry.shapes import Rect, united
from flow_models.geometry.tidy import tidied
from tests.daily import daily
from tests.flow_models.geometry.samples import arrow, large, overlaps, page, shop


def after(flow: Flow, chosen: Sequence[str] | None = None, aspect: float = 1.6) -> Layout:
    return layout_of(pages.move_pages(flow, tidied(flow, chosen, aspect=aspect)))


def cards_of(layout: Layout) -> dict[str, Rect]:
    return {page: card.rect for page, card in layout.cards.items()}


def frames_of(layout: Layout) -> dict[str, Rect]:
    return {section: frame.rect for section, frame in layout.frames.items()}


def shared(rects: Sequence[Rect]) -> float:
    """Return how much area rectangles share with each other."""
    return sum(one.shared_area(other) for n, one in enumerate(rects) for other in rects[n + 1 :])


def covered(flow: Flow, layout: Layout) -> list[tuple[str, str]]:
    """Return the pages that lie in the frame of a section that is not theirs."""
    return [
        (section, page)
        for section, frame in frames_of(layout).items()
        for page, card in cards_of(layout).items()
        if page not in flow.sections_by_id[section].pages and card.touches(frame)
    ]


def random_flow(seed: int, count: int, sections: int, arrows: int) -> Flow:
    """Return pages piled up anyhow, some in sections, with arrows anyhow."""
    dice = random.Random(seed)
    titles = [f"p{n}" for n in range(count)]
    homes = {title: dice.randrange(sections + 1) for title in titles}
    made = tuple(page(title, dice.uniform(-900, 900), dice.uniform(-700, 700)) for title in titles)
    groups = tuple(
        Section(id=f"s{n}", title=f"S{n}", pages=tuple(title for title in titles if homes[title] == n))
        for n in range(sections)
    )
    ways = tuple(
        arrow(f"t{n}", dice.choice(titles), dice.choice([*titles, "stay"]), when=dice.choice(("", "a <= b")))
        for n in range(arrows)
    )
    return Flow(id="f", title="F", site=Site(start=titles[0]), pages=made, sections=groups, transitions=ways)


flows = st.builds(random_flow, st.integers(0, 10**6), st.integers(2, 16), st.integers(0, 4), st.integers(0, 40))


@given(flows, st.sampled_from((0.8, 1.6, 2.2)))
@settings(max_examples=5, deadline=None)
def test_after_tidying_everything_nothing_overlaps(flow: Flow, aspect: float) -> None:
    layout = after(flow, aspect=aspect)
    assert shared(list(cards_of(layout).values())) == 0
    assert shared(list(frames_of(layout).values())) == 0
    assert covered(flow, layout) == []


@given(flows)
@settings(max_examples=5, deadline=None)
def test_no_label_lies_on_a_card_or_on_another_label(flow: Flow) -> None:
    assert overlaps(layout_of(flow)) == 0
    assert overlaps(after(flow)) == 0


@given(flows, st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_a_selection_finds_free_room_and_the_others_stay(flow: Flow, seed: int) -> None:
    tidy = pages.move_pages(flow, tidied(flow))
    dice = random.Random(seed)
    chosen = [page.id for page in tidy.pages if dice.random() < 0.5]
    piled = pages.move_pages(tidy, dict.fromkeys(chosen, (dice.uniform(-500, 500), dice.uniform(-500, 500))))
    before, layout = layout_of(piled), after(piled, chosen)
    cards = cards_of(layout)
    assert {key: rect for key, rect in cards.items() if key not in chosen} == {
        key: rect for key, rect in cards_of(before).items() if key not in chosen
    }
    assert shared(list(cards.values())) == 0


@given(flows, st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_a_selection_of_whole_sections_lays_no_frame_on_another(flow: Flow, seed: int) -> None:
    tidy = pages.move_pages(flow, tidied(flow))
    dice = random.Random(seed)
    picked = {section.id for section in tidy.sections if dice.random() < 0.5}
    chosen = [page for section in tidy.sections if section.id in picked for page in section.pages]
    piled = pages.move_pages(tidy, dict.fromkeys(chosen, (dice.uniform(-500, 500), dice.uniform(-500, 500))))
    layout = after(piled, chosen)
    assert shared(list(frames_of(layout).values())) == 0
    assert covered(flow, layout) == []


@given(flows, st.integers(0, 10**6))
@settings(max_examples=5, deadline=None)
def test_a_part_of_a_section_does_not_stretch_its_frame_over_others(flow: Flow, seed: int) -> None:
    tidy = pages.move_pages(flow, tidied(flow))
    dice = random.Random(seed)
    chosen = [page.id for page in tidy.pages if dice.random() < 0.4]
    layout = after(tidy, chosen)
    assert shared(list(frames_of(layout).values())) == 0
    assert covered(flow, layout) == []


@pytest.mark.parametrize("count", [40, pytest.param(150, marks=pytest.mark.proof)])
@pytest.mark.parametrize("sections", daily([0, 3, 12], [3]))
@pytest.mark.parametrize("aspect", [1.0, 1.8])
def test_everything_has_about_the_proportions_of_the_window(count: int, sections: int, aspect: float) -> None:
    layout = after(random_flow(count + sections, count, sections, count * 3), aspect=aspect)
    whole = united([*cards_of(layout).values(), *frames_of(layout).values()])
    assert aspect / 1.6 <= whole.width / whole.height <= aspect * 1.6


@pytest.mark.parametrize("example", daily(["north_bank", "skylark_air", "block_zoo"], ["north_bank"]))
def test_no_cards_and_no_frames_overlap_in_the_examples(example: str) -> None:
    flow = storage.load(resources.path("examples", f"{example}.flow.json"))
    piled = pages.move_pages(flow, {page.id: (10.0, 20.0) for page in flow.pages})
    layout = after(piled)
    assert shared(list(cards_of(layout).values())) == 0
    assert shared(list(frames_of(layout).values())) == 0


def test_pages_come_in_columns_by_their_distance_from_the_start() -> None:
    piled = pages.move_pages(shop(), {"home": (0, 0), "checkout": (5, 5), "done": (9, 9)})
    places = tidied(piled)
    assert places["checkout"] == (places["home"][0] + 370, places["home"][1])


def test_only_the_chosen_pages_are_placed() -> None:
    flow = large(20, 40, columns=5)
    chosen = ("p7", "p8", "p12")
    assert set(tidied(flow, chosen)) == set(chosen)


@pytest.mark.proof
def test_the_same_flow_is_tidied_the_same_way() -> None:
    flow = large(30, 60, columns=6)
    assert tidied(flow) == tidied(flow)
    assert tidied(Flow(id="empty")) == {}
