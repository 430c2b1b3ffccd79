"""Random visitors: whatever they do, the machine holds what it promises."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_models.compiler import compile_flow
from flow_models.document.behaviour import RemoveEffect
from flow_models.document.blocks import AnyBlock, FoldOut, Menu, Pagination, Tab, Tabs
from flow_models.document.field_blocks import (
    Checkbox,
    ChoiceField,
    ChoiceGrid,
    DateField,
    FileField,
    Slider,
    SuggestField,
)
from flow_models.document.flow import Flow
from flow_models.document.tasks import Milestone
from flow_models.runtime.machine import EVENT_KINDS, Episode, Event, Machine, Result
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import AXES, Variants
from flow_models.runtime.machine.pages.view import Field
from tests.flow_models.builders import arrow, button, field, form, link, page, rows_of, sets, shop, words


def unfolding() -> tuple[AnyBlock, ...]:
    """Return blocks that unfold, turn, slide and suggest, and a text that reads the fields among them."""
    near = SuggestField(id="near", name="near", table="items", where="row != field.item")
    return (
        near,
        FoldOut(id="fold", title="More", blocks=(FileField(id="plan", name="plan", files=("a", "b")), button("deep"))),
        Tabs(
            id="tabs",
            tabs=(
                Tab(title="One", blocks=(Slider(id="size", name="size", maximum=60, step=7),)),
                Tab(title="Two", blocks=(ChoiceGrid(id="grid", name="grid", table="items", free_if="price > 30"),)),
            ),
        ),
        Menu(id="menu", title="Menu {count}", items=(link("home_again"),)),
        rows_of(
            "some", "items", "{label} {field.size}", page_size=2, where="len(label) > field.size or field.near == empty"
        ),
        Pagination.model_validate({"id": "pages", "list": "some"}),
        words("said", "{field.near.label} {field.plan} {field.size} {field.grid.label}"),
    )


def rich() -> Flow:
    """Return the small shop with more: a dialog, what unfolds, luck, a wait and a guard that fails to compute."""
    base = shop()
    extra = page(
        "extra",
        form(
            "f",
            field("name", required=True),
            ChoiceField(id="item", name="item", table="items", label="{row.label}", required=True),
            DateField(id="day", name="day", minimum='"2027-01-01"'),
            Checkbox(id="ok", name="ok"),
            button("send", submit=True),
        ),
        button("ask"),
        button("risky"),
        link("leave"),
        *unfolding(),
    )
    sure = page("sure", button("no"), button("drop"), kind="dialog")
    home = base.pages[0].rebuilt(blocks=(*base.pages[0].blocks, link("to_extra")))
    costly = base.tasks[0].rebuilt(step_cost=0.02, milestones=(Milestone(when="count > 0", reward=0.3),))
    return base.rebuilt(
        tasks=(costly,),
        pages=(home, *base.pages[1:], extra, sure),
        transitions=(
            *base.transitions,
            arrow("home", "extra", use="to_extra"),
            arrow("extra", "item", use="send", record="field.item", when="chance(0.7)"),
            arrow("extra", "sure", use="ask"),
            arrow("extra", use="risky", do=(sets("count", "100 // (3 - count)"),)),
            arrow("extra", "home", use="leave"),
            arrow("extra", "home", wait=6),
            arrow("extra", change="ok", do=(sets("count", "count + 1"),)),
            arrow("extra", change="near", do=(sets("count", "count + 1"),)),
            arrow("extra", change="grid", notice="{field.grid.label}"),
            arrow("extra", use="deep", do=(sets("count", "0"),)),
            arrow("extra", "home", use="home_again"),
            arrow("sure", "close", use="no"),
            arrow("sure", "close", use="drop", do=(RemoveEffect(table="orders"),)),
        ),
    )


MACHINE = Machine(compile_flow(rich()).program)
TEXTS = st.sampled_from(
    [
        "",
        "Ada",
        "12",
        "la",
        "Chair",
        "1,250.00",
        "2027-03-15",
        "/home",
        "/items/Lamp",
        "/orders_page",
        "items_2",
        "true",
    ]
)
CHOICES = st.lists(st.tuples(st.sampled_from(EVENT_KINDS), st.integers(0, 30), TEXTS, st.booleans()), max_size=40)
VARIANTS = st.one_of(
    st.just(PLAIN),
    st.integers(0, 500).map(Variants(MACHINE.program).draw),
    st.integers(0, 500).map(Variants(MACHINE.program, "full", frozenset(AXES)).draw),
)
LIMITS = settings(max_examples=60)


def events(episode: Episode, choices: list[tuple[str, int, str, bool]]) -> list[Event]:
    """Play choices, most of them fitting what is on the page, until the episode ends; return what was played."""
    for kind, number, text, fits in choices:
        if episode.end_reason:
            break
        controls = episode.view.controls()
        control = controls[number % len(controls)] if controls else None
        row = getattr(control, "row", "")
        block = control.id if control is not None else "nothing"
        if fits and isinstance(control, Field):
            options = control.options
            kind = "select" if options else "check" if control.kind == "checkbox" else "fill"
            text = options[number % len(options)][0] if options else text
        elif fits:
            kind = "use"
        episode.step(Event(kind, block, row, text))
    return list(episode.log)


@LIMITS
@given(CHOICES, st.integers(0, 3), VARIANTS)
def test_the_same_events_lead_to_the_same_pages(
    choices: list[tuple[str, int, str, bool]], seed: int, variant: Variant
) -> None:
    one = Episode(MACHINE, MACHINE.draw("buy-item", seed, variant))
    played = list(events(one, choices))
    other = Episode(MACHINE, MACHINE.draw("buy-item", seed, variant))
    for event in played:
        other.step(event)
    assert one.state == other.state
    assert one.view is other.view
    assert one.end_reason == other.end_reason


@LIMITS
@given(CHOICES, CHOICES, VARIANTS)
def test_a_saved_attempt_goes_on_as_the_original(
    first: list[tuple[str, int, str, bool]], then: list[tuple[str, int, str, bool]], variant: Variant
) -> None:
    one = Episode(MACHINE, MACHINE.draw("buy-item", 1, variant))
    events(one, first)
    saved = json.loads(json.dumps(one.get_state()))
    other = Episode(MACHINE, MACHINE.draw("buy-item", 2))
    other.set_state(saved)
    assert other.state == one.state
    events(one, then)
    events(other, then)
    assert other.get_state() == one.get_state()


@LIMITS
@given(CHOICES, VARIANTS)
def test_a_step_changes_nothing_in_the_state_before_it(
    choices: list[tuple[str, int, str, bool]], variant: Variant
) -> None:
    start = MACHINE.draw("buy-item", 1, variant)
    episode = Episode(MACHINE, start)
    before = [start.state]
    keys = [MACHINE.key(start, start.state)]
    for choice in choices:
        if not episode.end_reason:
            events(episode, [choice])
            before.append(episode.state)
            keys.append(MACHINE.key(start, episode.state))
    for state, key in zip(before, keys, strict=True):
        state.known_keys = None
        assert MACHINE.key(start, state) == key


@LIMITS
@given(CHOICES, st.integers(0, 3), VARIANTS)
def test_what_is_kept_shows_what_a_new_machine_would_show(
    choices: list[tuple[str, int, str, bool]], seed: int, variant: Variant
) -> None:
    episode = Episode(MACHINE, MACHINE.draw("buy-item", seed, variant))
    for choice in choices:
        if not episode.end_reason:
            events(episode, [choice])
    state = episode.state
    fresh = Machine(MACHINE.program)
    assert fresh.view(episode.start, state.replaced()) == MACHINE.view(episode.start, state)
    assert fresh.verdict(episode.start, state.replaced()) == MACHINE.verdict(episode.start, state)


@LIMITS
@given(CHOICES, VARIANTS)
def test_without_a_taken_transition_no_data_changes(
    choices: list[tuple[str, int, str, bool]], variant: Variant
) -> None:
    episode = Episode(MACHINE, MACHINE.draw("buy-item", 1, variant))
    for choice in choices:
        if episode.end_reason:
            break
        state, count = episode.state, len(episode.log)
        events(episode, [choice])
        assert len(episode.log) == count + 1
        assert episode.state.steps == state.steps + 1
        again = MACHINE.step(episode.start, state, episode.log[-1])
        if again.transition is None:
            assert episode.state.tables == state.tables
            assert episode.state.variables == state.variables


@LIMITS
@given(CHOICES, st.integers(0, 5))
def test_the_total_reward_stays_in_its_bounds(choices: list[tuple[str, int, str, bool]], seed: int) -> None:
    episode = Episode(MACHINE, MACHINE.draw("buy-item", seed))
    results: list[Result] = []
    play = episode.step
    episode.step = lambda event: results.append(play(event)) or results[-1]  # type: ignore[method-assign,func-returns-value]
    events(episode, choices)
    total = sum(result.reward for result in results)
    assert -0.02 * len(results) - 1e-9 <= total <= 1.0
    assert all(abs(sum(result.reward_parts) - result.reward) < 1e-9 for result in results)
    assert all(result.terminated is False for result in results[:-1])
