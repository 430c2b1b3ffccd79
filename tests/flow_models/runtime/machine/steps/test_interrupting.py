"""Interruptions and conduct: they come once, can be got rid of in more than one way, and change nothing."""

import json

import pytest

from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine, State
from flow_models.runtime.machine.episodes.variation import values_of, with_value
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION, NO_INTERFERENCE, PAUSE
from tests.flow_models.builders import adds, arrow, button, field, flow, form, link, page, rows_of, shop, table
from tests.flow_models.runtime.machine.play import Play

INTERRUPTIONS = ("cookies", "newsletter", "survey", "help", "session", "promotion")
CONDUCT = ("slow", "error", "expired", "sure")


def site() -> Flow:
    """A page with a form that adds a row, and another page to walk to."""
    return flow(
        page(
            "home", form("f", field("name"), button("add", submit=True)), rows_of("list", "names", "{name}"), link("on")
        ),
        page("next", link("back")),
        table("names", "name"),
        arrow("home", use="add", do=(adds("names", name="field.name"),), notice="Added"),
        arrow("home", "next", use="on"),
        arrow("next", "home", use="back"),
    )


def interrupted(name: str, seed: int = 0) -> Play:
    """Play until the interruption is there."""
    play = Play(site(), variant=with_value("interruption", name, seed))
    for number in range(20):
        if play.view.interruption is not None:
            return play
        play.use("back" if number % 2 else "on")
    raise AssertionError(f"{name} never came")


def held(conduct: str, seed: int = 0) -> Play:
    """Add rows until one is held back."""
    play = Play(site(), variant=with_value("conduct", conduct, seed))
    for number in range(9):
        play.fill("f_name", f"name {number}")
        play.use("add")
        if play.episode.state.interference.held is not None:
            return play
    raise AssertionError(f"{conduct} never came")


def data(state: State) -> object:
    """Return what a visitor came for: the data, the page and what has been typed."""
    return ([table.content() for table in state.tables], state.variables, state.base[:4], state.dialog)


@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_every_button_of_an_interruption_dismisses_it_and_changes_nothing(name: str) -> None:
    shown = interrupted(name).view.interruption
    assert shown is not None
    assert len(shown.buttons) >= 2
    for one in shown.buttons:
        play = interrupted(name)
        before = data(play.episode.state)
        assert not play.use(INTERRUPTION, one.row).error
        assert play.view.interruption is None
        assert data(play.episode.state) == before


@pytest.mark.parametrize("name", INTERRUPTIONS)
def test_an_interruption_comes_once(name: str) -> None:
    play = interrupted(name)
    shown = play.view.interruption
    assert shown is not None
    play.use(INTERRUPTION, shown.buttons[0].row)
    assert play.episode.state.interference is NO_INTERFERENCE
    for number in range(12):
        play.use(("on", "back")[number % 2] if play.page == "home" else "back")
        assert play.view.interruption is None


def test_only_a_modal_interruption_stands_before_the_page() -> None:
    modal, inline = interrupted("newsletter"), interrupted("promotion")
    for play, is_modal in ((modal, True), (inline, False)):
        there = "on" if play.page == "home" else "back"
        assert bool(play.use(there).error) == is_modal


def test_cookies_are_asked_for_at_once_and_others_come_later() -> None:
    assert Play(site(), variant=with_value("interruption", "cookies", 1)).view.interruption is not None
    for name in set(INTERRUPTIONS) - {"cookies"}:
        assert Play(site(), variant=with_value("interruption", name, 1)).view.interruption is None


def test_drafts_stay_behind_an_interruption() -> None:
    play = interrupted("cookies")
    play.fill("f_name", "Ada")
    play.use(INTERRUPTION, "accept")
    assert play.field("name") == "Ada"


def test_when_an_interruption_comes_follows_from_the_seed() -> None:
    steps = {interrupted("survey", seed).episode.steps for seed in range(12)}
    assert len(steps) > 1
    assert interrupted("survey", 5).episode.steps == interrupted("survey", 5).episode.steps


@pytest.mark.parametrize("conduct", CONDUCT)
def test_conduct_holds_one_use_back_before_anything_has_changed(conduct: str) -> None:
    play = held(conduct)
    added = len(play.rows("names"))
    assert play.field("name") == f"name {added}"
    assert {control.id for control in play.view.controls()} == {PAUSE}


@pytest.mark.parametrize(("conduct", "part"), [("slow", "wait"), ("error", "again"), ("sure", "yes")])
def test_going_on_does_what_was_held_back(conduct: str, part: str) -> None:
    play = held(conduct)
    added = len(play.rows("names"))
    assert play.use(PAUSE, part).transition == "home-add-stay"
    assert len(play.rows("names")) == added + 1
    assert play.episode.state.interference is NO_INTERFERENCE


@pytest.mark.parametrize(("conduct", "part"), [("error", "back"), ("expired", "return"), ("sure", "no")])
def test_going_back_shows_the_page_as_it_was(conduct: str, part: str) -> None:
    play = held(conduct)
    before = data(play.episode.state)
    assert not play.use(PAUSE, part).error
    assert data(play.episode.state) == before
    assert play.view.control("add") is not None


def test_waiting_ends_a_slow_answer() -> None:
    play = held("slow")
    added = len(play.rows("names"))
    play.noop()
    assert len(play.rows("names")) == added + 1


def test_the_question_comes_only_before_durable_data_change() -> None:
    play = Play(site(), variant=with_value("conduct", "sure", 0))
    for number in range(6):
        play.use("back" if number % 2 else "on")
    assert play.episode.state.interference.held is None
    play.use("add")
    assert play.view.dialog is not None


def test_opening_another_address_leaves_what_was_held_back() -> None:
    play = held("error")
    play.do("goto", value="/next")
    assert (play.page, play.episode.state.interference) == ("next", NO_INTERFERENCE)
    assert play.view.control("back") is not None


def test_a_refused_use_does_not_bring_conduct() -> None:
    play = Play(site(), variant=with_value("conduct", "error", 0))
    for _ in range(9):
        assert play.use("nowhere").error
    assert play.episode.state.interference.held is None


def test_an_episode_can_be_branched_while_something_is_held_back() -> None:
    variant = with_value("conduct", "sure", 0)._replace(interruption="promotion", goal=3)
    play = Play(shop(), "buy-item", variant=variant)
    play.use("choose", "items_1")
    play.fill("f_note", "Fragile")
    play.use("buy")
    saved = json.loads(json.dumps(play.episode.get_state()))
    other = Episode(play.machine, play.machine.draw("buy-item", 0))
    other.set_state(saved)
    assert other.state == play.episode.state
    assert (other.start.variant, other.state.interference.held) == (variant, Event("use", "buy"))
    assert other.step(Event("use", PAUSE, "yes")) == play.use(PAUSE, "yes")


def test_what_comes_between_is_the_same_again() -> None:
    program = Play(site()).machine.program
    variant = with_value("interruption", "survey", 3)._replace(conduct="slow")
    events = [Event("use", "on"), Event("use", "back"), Event("use", "add"), Event("noop")] * 4
    seen = []
    for _ in range(2):
        machine = Machine(program)
        start = machine.visit(variant)
        states = [start.state]
        for event in events:
            states.append(machine.step(start, states[-1], event).state)
        seen.append(states)
    assert seen[0] == seen[1]


def test_the_tests_know_every_value() -> None:
    program = Play(site()).machine.program
    assert set(values_of(program, "interruption")) == set(INTERRUPTIONS)
    assert set(values_of(program, "conduct")) == set(CONDUCT)
