"""Whole layouts, fresh and incremental."""

import gc
import itertools
import time

import pytest

import resources
from flow_models.document import storage
from flow_models.document.edits import pages, transitions
from flow_models.document.flow import Flow
from flow_models.geometry.layout import Layout, layout_of
from tests.flow_models.geometry.samples import arrow, crossed, large, overlaps, page, shop


@pytest.fixture(scope="module")
def north_bank() -> Flow:
    return storage.load(resources.path("examples", "north_bank.flow.json"))


def kinds(layout: Layout) -> dict[str, str]:
    return {key: drawn.kind for key, drawn in layout.arrows.items()}


def test_each_transition_is_drawn_by_its_kind() -> None:
    flow = shop()
    more = (arrow("t_close", "done", "close"), arrow("t_self", "done", "done"), arrow("t_lost", "done", "nowhere"))
    drawn = kinds(layout_of(flow.rebuilt(transitions=(*flow.transitions, *more))))
    assert drawn == {
        "t_go": "go", "t_order": "go", "t_again": "stay", "t_nav": "section",
        "t_close": "close", "t_self": "stay", "t_lost": "broken",
    }  # fmt: skip


def test_a_transition_without_source_or_a_sections_without_target_is_left_out() -> None:
    lost = (arrow("t_lost", "nowhere", "home"), arrow("t_stay", "buying", "stay", "to_home"))
    assert layout_of(shop().rebuilt(transitions=lost)).arrows == {}


def test_an_arrow_runs_from_its_port_to_the_side_of_its_page() -> None:
    layout = layout_of(shop())
    curve = layout.arrows["t_order"].curve
    assert curve[0] == layout.cards["checkout"].port_of("order")
    assert curve[-1].x == layout.cards["done"].rect.x


def test_arrows_to_the_same_side_arrive_apart() -> None:
    flow = shop().rebuilt(sections=(), transitions=tuple(arrow(f"t{n}", "home", "checkout") for n in range(4)))
    ends = [drawn.curve[-1].y for drawn in layout_of(flow).arrows.values()]
    gaps = [below - above for above, below in itertools.pairwise(ends)]
    assert all(gap >= 8 for gap in gaps)


def test_nothing_changes_without_a_change() -> None:
    flow = shop()
    before = layout_of(flow)
    after = layout_of(flow, before)
    assert all(after.cards[key] is card for key, card in before.cards.items())
    assert all(after.arrows[key] is drawn for key, drawn in before.arrows.items())
    assert all(after.frames[key] is frame for key, frame in before.frames.items())


def test_a_moved_page_redraws_its_arrows_and_leaves_the_rest() -> None:
    flow = large(60, 120, columns=10)
    before = layout_of(flow)
    after = layout_of(flow, before, {"p0": (0.0, -30.0)})
    touched = {key for key, drawn in after.arrows.items() if drawn is not before.arrows[key]}
    assert {t.id for t in flow.transitions if "p0" in (t.source, t.to)} <= touched
    assert len(touched) < 20
    assert [key for key, card in after.cards.items() if card is not before.cards[key]] == ["p0"]


def test_incremental_cards_and_arrows_are_those_of_a_fresh_layout() -> None:
    flow = large(40, 80, columns=8)
    edited = pages.rename_page(pages.move_pages(flow, {"p9": (500.0, 300.0)}), "p3", "Another title")
    edited = transitions.remove_transitions(edited, {"t5"})
    step, fresh = layout_of(edited, layout_of(flow)), layout_of(edited)
    assert {key: (card.rect, card.face.title) for key, card in step.cards.items()} == {
        key: (card.rect, card.face.title) for key, card in fresh.cards.items()
    }
    assert {key: drawn.curve for key, drawn in step.arrows.items()} == {
        key: drawn.curve for key, drawn in fresh.arrows.items()
    }


def test_a_changed_guard_changes_the_label() -> None:
    flow = shop()
    before = layout_of(flow)
    guarded = flow.transitions_by_id["t_go"].rebuilt(when="clock.step > 1")
    after = layout_of(transitions.replace_transition(flow, guarded), before)
    label = after.arrows["t_go"].label
    assert label is not None
    assert label.text.startswith("Go on, if steps")


def test_arrows_of_the_example_run_over_few_cards_and_labels_over_little(north_bank: Flow) -> None:
    layout = layout_of(north_bank)
    over = {key: found for key in layout.arrows if layout.arrows[key].kind == "go" and (found := crossed(layout, key))}
    assert len(over) <= 2, over
    labels = [drawn.label.rect for drawn in layout.arrows.values() if drawn.label is not None]
    assert overlaps(layout) < 0.06 * sum(rect.width * rect.height for rect in labels)


def test_the_bounds_hold_everything_that_is_always_seen(north_bank: Flow) -> None:
    layout = layout_of(north_bank)
    parts = [card.rect for card in layout.cards.values()] + [frame.rect for frame in layout.frames.values()]
    assert all(part.x >= layout.bounds.x and part.right <= layout.bounds.right for part in parts)
    assert all(part.y >= layout.bounds.y and part.bottom <= layout.bounds.bottom for part in parts)


def test_an_empty_flow_has_an_empty_layout() -> None:
    layout = layout_of(Flow(id="empty"))
    assert not layout.cards
    assert layout.bounds.width == 0


def test_a_page_that_is_gone_leaves_its_arrows_neighbours_redrawn() -> None:
    row = tuple(page(name, x, 0) for name, x in (("a", 0.0), ("b", 340.0), ("c", 680.0)))
    flow = Flow(id="row", pages=row, transitions=(arrow("t", "a", "c"),))
    around = layout_of(flow)
    assert len(around.arrows["t"].curve) > 4
    straight = layout_of(pages.remove_pages(flow, {"b"}), around)
    assert len(straight.arrows["t"].curve) == 4


@pytest.mark.proof
def test_a_step_of_a_drag_costs_a_fraction_of_laying_out_a_thousand_pages() -> None:
    flow = large()
    started = time.process_time()
    layout = layout_of(flow)
    fresh_s = time.process_time() - started
    # Else a collection of all that the tests before have left can fall into a step that takes a tenth of it.
    gc.collect()
    started = time.process_time()
    layout_of(flow, layout, {"p500": (40.0, 30.0)})
    step_s = time.process_time() - started
    assert 4 * step_s < fresh_s


def test_arrows_in_both_directions_do_not_lie_on_each_other() -> None:
    pair = (page("a", 0, 0), page("b", 340, 0))
    flow = Flow(id="pair", pages=pair, transitions=(arrow("there", "a", "b"), arrow("back", "b", "a")))
    drawn = layout_of(flow).arrows
    assert abs(drawn["there"].curve[-1].y - drawn["back"].curve[0].y) >= 8
    assert abs(drawn["back"].curve[-1].y - drawn["there"].curve[0].y) >= 8
