"""One play: going back, branching, data changed by hand, and the same play on an edited flow."""

import pytest

from app.preview.following import misfit_of
from app.preview.play import Edit, Origin, Play, begun
from flow_models.compiler import compile_flow
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine

TASK = Origin("borrow-book", 0, rules=True)


def machine_of(flow: Flow) -> Machine:
    return Machine(compile_flow(flow, partial=True).program)


def open_book(play: Play) -> Event:
    """Return the event that opens the first book that can be borrowed."""
    rows = play.machine.rows(play.state, "books")
    return Event("use", "b_open", str(next(row["key"] for row in rows if row["status"] == "Available")))


@pytest.fixture
def play(library: Flow) -> Play:
    return Play(machine_of(library), TASK)


def test_a_way_and_data_by_hand_lead_to_the_beginning(library: Flow) -> None:
    machine = machine_of(library)
    first = open_book(Play(machine, TASK))
    data = Edit(cells=(("books", first.row, "title", "Mine"),))
    _, state = begun(machine, Origin("borrow-book", 0, way=(first,), data=data))
    assert state.page == "p_book"
    assert {row["key"]: row["title"] for row in machine.rows(state, "books")}[first.row] == "Mine"


def test_a_page_without_a_way_is_shown_with_the_first_row(library: Flow) -> None:
    machine = machine_of(library)
    _, state = begun(machine, Origin("borrow-book", 0, page="p_done"))
    assert (state.page, state.record) == ("p_done", machine.rows(state, "books")[0]["key"])


def test_a_test_without_rules_has_no_goal_and_never_ends(library: Flow) -> None:
    play = Play(machine_of(library), Origin("borrow-book", 0))
    for _ in range(30):
        play.step(Event("noop"))
    assert (play.start.goal, play.end_reason) == ("", "")


def test_one_goes_back_without_losing_the_steps_until_something_else_is_done(play: Play) -> None:
    play.step(open_book(play))
    play.step(Event("select", "b_weeks", value="2 weeks"))
    play.jump(0)
    assert (play.state.page, len(play.moments)) == ("p_books", 3)
    play.jump(2)
    assert play.machine.field_texts(play.state)["weeks"] == "2 weeks"
    play.jump(1)
    play.step(Event("use", "b_nav_books"))
    assert (play.state.page, len(play.moments), play.at) == ("p_books", 3, 2)


def test_a_branch_does_not_disturb_the_episode_it_came_from(play: Play) -> None:
    play.step(open_book(play))
    before = play.moment.episode
    play.step(Event("noop"))
    assert (len(before.log), before.steps) == (1, 1)


def test_typing_on_in_a_field_is_one_step(bank: Flow) -> None:
    play = Play(machine_of(bank), Origin(page="p_sign_in"))
    field = next(control.id for control in play.view.controls() if hasattr(control, "name"))
    for text in ("a", "am", "ama"):
        play.step(Event("fill", field, value=text))
    assert (play.at, play.state.steps, play.view.control(field).text) == (1, 1, "ama")  # type: ignore[union-attr]


def test_the_same_play_on_an_edited_flow_does_everything_again(play: Play, library: Flow) -> None:
    play.step(open_book(play))
    play.step(Event("select", "b_weeks", value="2 weeks"))
    play.jump(1)
    heading = Element("block", "b_book_head", "text")
    again = play.on(machine_of(with_value(library, heading, "New: {record.title}")))
    assert (again.at, len(again.moments), again.stop) == (1, 3, None)
    assert again.view.title


def test_the_first_step_that_no_longer_fits_stops_it_and_the_rest_is_kept(play: Play, library: Flow) -> None:
    play.step(open_book(play))
    play.step(Event("select", "b_weeks", value="4 weeks"))
    play.step(Event("select", "b_branch", value="Harbour"))
    choices = Element("block", "b_weeks", "choices")
    again = play.on(machine_of(with_value(library, choices, ("1 week", "2 weeks"))))
    assert again.stop is not None
    assert (again.stop.number, again.stop.why, again.at, len(again.lost)) == (2, "option", 1, 2)
    restored = again.on(machine_of(library))
    assert (restored.stop, restored.at) == (None, 3)


def test_something_else_done_drops_what_no_longer_fits(play: Play, library: Flow) -> None:
    play.step(open_book(play))
    play.step(Event("select", "b_weeks", value="4 weeks"))
    again = play.on(machine_of(with_value(library, Element("block", "b_weeks", "choices"), ("1 week",))))
    again.step(Event("noop"))
    assert (again.stop, again.lost) == (None, ())


def test_data_changed_by_hand_is_a_step_of_its_own_and_is_done_again(play: Play, library: Flow) -> None:
    row = open_book(play).row
    play.edit(Edit(cells=(("books", row, "pages", 77),)))
    again = play.on(machine_of(library))
    assert again.at == 1
    assert {one["key"]: one for one in again.machine.rows(again.state, "books")}[row]["pages"] == 77


def test_why_an_event_does_not_fit(play: Play) -> None:
    assert misfit_of(play.view, Event("use", "b_nowhere"), is_over=False) == "gone"
    assert misfit_of(play.view, Event("noop"), is_over=True) == "ended"
    assert misfit_of(play.view, Event("noop"), is_over=False) is None
    assert misfit_of(play.view, open_book(play), is_over=False) is None


def test_edits_of_one_value_become_the_later_one() -> None:
    first = Edit((("a", 1),), (("t", "k", "c", "x"),))
    assert first.joined(Edit((("a", 2),), (("t", "k", "c", "y"), ("t", "k", "d", "z")))) == Edit(
        (("a", 2),), (("t", "k", "c", "y"), ("t", "k", "d", "z"))
    )
