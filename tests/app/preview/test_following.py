"""Doing in a variant what was done as drawn, and where two plays come apart."""

from dataclasses import replace

import pytest

from app.preview.following import follow, is_aside, misfit_of
from app.preview.pair import apart
from app.preview.play import Origin, Play, begun
from app.preview.ways import Patience, to_the_end
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.pages.interruptions import INTERRUPTION
from flow_models.solver.solving import Solver

MENU = Variant(1, navigation="menu")
NEWS = Variant(1, interruption="newsletter")
SURE = Variant(1, conduct="sure")
ORIGIN = Origin(rules=True)


@pytest.fixture
def machine(library: Flow) -> Machine:
    return Machine(compile_flow(library, partial=True)[0])


def task_of(machine: Machine) -> Origin:
    return replace(ORIGIN, task=next(iter(machine.tasks)))


def solved(machine: Machine) -> tuple[Event, ...]:
    return Solver(machine).solve(machine.draw(next(iter(machine.tasks)), 0)).events


@pytest.mark.parametrize("variant", [PLAIN, MENU, NEWS, SURE])
def test_a_solution_as_drawn_is_followed_in_every_kind_of_variant(machine: Machine, variant: Variant) -> None:
    play = Play(machine, replace(task_of(machine), variant=variant))
    assert all(follow(play, event) for event in solved(machine))
    assert play.end_reason == "success"


def test_a_link_in_a_menu_is_followed_by_opening_the_menu(machine: Machine) -> None:
    play = Play(machine, Origin(variant=MENU))
    menu = next(control for control in play.view.controls() if getattr(control, "row", "") == "menu")
    plain = Play(machine, Origin())
    link = next(control for control in plain.view.controls() if play.view.control(control.id) is None)
    assert misfit_of(play.view, Event("use", link.id), is_over=False) == "gone"
    assert follow(play, Event("use", link.id))
    assert [moment.action for moment in play.moments[1:]] == [Event("use", menu.id, "menu"), Event("use", link.id)]


def test_what_only_another_variant_has_is_left_undone(machine: Machine) -> None:
    play = Play(machine, Origin())
    assert is_aside(play.view, Event("use", INTERRUPTION, "close"))
    assert follow(play, Event("use", INTERRUPTION, "close"))
    assert len(play.moments) == 1
    assert not follow(play, Event("use", "b_nowhere"))


def test_a_play_goes_on_in_another_variant_with_what_it_takes(machine: Machine) -> None:
    play = Play(machine, task_of(machine))
    for event in solved(machine)[:-1]:
        play.step(event)
    for variant in (MENU, NEWS, SURE):
        again = play.on(machine, variant)
        assert (again.stop, again.state.page) == (None, play.state.page)
        back = again.on(machine, PLAIN)
        assert [moment.action for moment in back.moments] == [moment.action for moment in play.moments]


def test_the_way_to_a_page_leads_there_in_a_variant(machine: Machine) -> None:
    events = solved(machine)[:-1]
    origin = replace(task_of(machine), rules=False, way=events)
    pages = {begun(machine, replace(origin, variant=variant))[1].page for variant in (PLAIN, MENU, NEWS, SURE)}
    assert len(pages) == 1


def test_two_plays_are_in_step_until_one_goes_elsewhere(machine: Machine) -> None:
    left, right = Play(machine, Origin()), Play(machine, Origin(variant=MENU))
    assert apart(left, right).kind == ""
    link = next(control for control in left.view.controls() if getattr(control, "href", "") not in ("", left.view.path))
    left.step(Event("use", link.id, getattr(link, "row", "")))
    difference = apart(left, right)
    assert (difference.kind, difference.left) == ("page", left.state.page)
    follow(right, Event("use", link.id, getattr(link, "row", "")))
    assert apart(left, right).kind == ""


@pytest.mark.parametrize("variant", [PLAIN, MENU, NEWS, SURE])
def test_the_way_to_the_end_is_found_from_anywhere_in_a_variant(machine: Machine, variant: Variant) -> None:
    play = Play(machine, replace(task_of(machine), variant=variant))
    for _ in range(12):
        if not play.end_reason:
            solution = to_the_end(machine, play.start._replace(state=play.state), Patience(seconds=5))
            play.step(solution.events[0])
    assert play.end_reason == "success"
