"""The preview in words: every step, reason, end and origin has some, and they name things as the person does."""

from typing import get_args

import pytest

from app.preview import wording
from app.preview.following import Misfit
from app.preview.play import Edit, Origin, Stop
from app.preview.snapshot import Snapshot, StepLine
from flow_models.compiler import compile_flow
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.formulas import Scope, parse
from flow_models.runtime.machine import END_REASONS, EVENT_KINDS, Event, Explained
from flow_models.runtime.machine.base.nodes import Node


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_of_step_has_words(kind: str, library: Flow) -> None:
    assert wording.step_words(StepLine(1, Event(kind, "b", value="12"), "Amount", ""), library).strip()


def test_steps_name_the_control_and_what_was_chosen(library: Flow) -> None:
    chosen = StepLine(1, Event("select", "b_to", value="g4"), "To", "Gwendolyn")
    emptied = StepLine(1, Event("fill", "b_amount"), "Amount", "")
    assert wording.step_words(chosen, library) == "Chose “Gwendolyn” in To"
    assert wording.step_words(emptied, library) == "Emptied Amount"
    assert wording.step_words(StepLine(1, Edit(), "", ""), library) == "Changed data by hand"


def test_what_came_of_a_step(library: Flow) -> None:
    use = Event("use", "b_open", "g1")
    moved = StepLine(1, use, "Dune", "", page="p_book", transition="x_open")
    assert wording.outcome_words(library, moved, "p_books") == "→ Book"
    assert wording.outcome_words(library, StepLine(1, use, "Dune", "", page="p_books"), "p_books") == "Nothing happened"
    assert (
        wording.outcome_words(library, StepLine(1, use, "Dune", "", error="No such element"), "") == "No such element"
    )
    ended = StepLine(1, use, "Dune", "", page="p_book", end_reason="success")
    assert wording.outcome_words(library, ended, "p_book") == "Success"


@pytest.mark.parametrize("reason", [reason for reason in END_REASONS if reason])
def test_every_end_has_words_and_a_tone(library: Flow, reason: str) -> None:
    snapshot = Snapshot(1, library, "play", end_reason=reason, made=1, total=0.5, fault="x / 0")
    assert wording.end_words(snapshot)
    assert wording.end_tone(reason) in ("success", "warning", "error")
    assert ("1 step, reward 0.50" in wording.end_words(snapshot)) == (reason != "environment_error")


@pytest.mark.parametrize("why", get_args(Misfit))
def test_every_misfit_names_the_step_and_the_reason(library: Flow, why: Misfit) -> None:
    steps = (StepLine(0, None, "", ""), StepLine(-1, Event("use", "b_open"), "Dune", ""))
    words = wording.stop_words(Snapshot(1, library, "play", steps=steps, stop=Stop(1, why)))
    assert "step 1, Used “Dune”" in words


@pytest.mark.parametrize("reason", ["hidden", "disabled", "earlier", "fault"])
def test_every_reason_that_blocks_has_words(library: Flow, reason: str) -> None:
    blocked = Explained("x_borrow", False, reason, None)  # type: ignore[arg-type]
    assert wording.reason_words(library, blocked)


def test_a_failing_condition_is_said_with_the_titles_of_the_flow(library: Flow) -> None:
    tree = parse('field.weeks == "2 weeks"', Scope(fields={"weeks": "text"}), "boolean").tree
    assert tree is not None
    said = wording.reason_words(library, Explained("x_borrow", False, "guard", Node.read(tree)))
    assert said.startswith("Only if Borrow for ")
    assert wording.reason_words(library, Explained("x_borrow", True, "", None)) == ""


def test_where_a_picture_comes_from(library: Flow) -> None:
    way = (Event("use", "b_open", "g1"),)
    assert "1 step from the start of “Borrow a book”" in wording.basis_words(library, Origin("borrow-book", way=way))
    assert "first row" in wording.basis_words(library, Origin("borrow-book", page="p_book"))
    assert "start of a visit" in wording.basis_words(library, Origin())
    assert "by hand" in wording.basis_words(library, Origin(data=Edit((("a", 1),))))


def test_what_is_left_out_elsewhere_does_not_bother_a_page(library: Flow) -> None:
    broken = with_value(library, Element("block", "b_done_text", "text"), "{nothing}")
    left_out = compile_flow(broken, partial=True).left_out
    here = Snapshot(1, broken, "page", page="p_done", left_out=left_out)
    there = Snapshot(1, broken, "page", page="p_books", left_out=left_out)
    assert "nothing" in wording.left_out_words(here)
    assert wording.left_out_words(there) == ""


def test_a_step_whose_field_was_refused_says_which_and_why(library: Flow) -> None:
    send = StepLine(1, Event("use", "b_send"), "Send", "", page="p_books", refused=("Amount", "Enter an amount."))
    assert wording.outcome_words(library, send, "p_books") == "Not accepted: Amount \u2013 Enter an amount."


def test_days_and_times_are_logged_as_the_site_writes_them(library: Flow) -> None:
    british = library.rebuilt(site=library.site.rebuilt(locale="en-GB"))
    day = StepLine(1, Event("fill", "b_day", value="2027-03-15"), "Day", "")
    clock = StepLine(1, Event("fill", "b_time", value="14:30"), "From", "")
    assert wording.step_words(day, british) == "Typed \u201c15 March 2027\u201d into Day"
    american = library.rebuilt(site=library.site.rebuilt(locale="en-US"))
    assert "March 15, 2027" in wording.step_words(day, american)
    assert wording.step_words(clock, british) == "Typed \u201c14:30\u201d into From"
