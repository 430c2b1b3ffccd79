"""What is under construction: grey notes instead of alarms, and no mending that deletes what was just made."""

import pytest

import resources
from app.document.fixing import fix_all
from app.document.making import STEPS
from app.document.session import DocumentSession
from flow_models.checks import Problem, check
from flow_models.checks.unfinished import UNFINISHED
from flow_models.document import storage
from flow_models.document.data import Table
from flow_models.document.edits.data import remove_table
from flow_models.document.elements import Element

LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))
MADE = Table(id="t_new", name="magazines", title="Magazines")


@pytest.fixture
def session(qapp: object) -> DocumentSession:
    return DocumentSession(LIBRARY)


def add_table(session: DocumentSession) -> None:
    session.edit(session.flow.rebuilt(tables=(*session.flow.tables, MADE)), "Add a table")


def look(session: DocumentSession) -> Problem:
    """Check, and return what is said of the new table."""
    session.show_problems(check(session.flow))
    return next(one for one in session.problems if one.code == "table.unused")


def go_on(session: DocumentSession, steps: int) -> None:
    """Do other things."""
    for number in range(steps):
        session.edit(session.flow.rebuilt(title=f"Title {session.undo_stack.index()} {number}"), "Title")


def test_what_is_a_minute_old_is_a_note_and_an_export_takes_it_as_it_is(session: DocumentSession) -> None:
    add_table(session)
    assert look(session).severity == "note"
    assert [one.severity for one in session.found if one.code == "table.unused"] == ["warning"]
    session.settle()
    assert look(session).severity == "warning"


def test_it_is_no_note_any_more_once_the_person_has_gone_on(session: DocumentSession) -> None:
    add_table(session)
    go_on(session, STEPS - 1)
    assert look(session).severity == "note"
    go_on(session, 1)
    assert look(session).severity == "warning"


def test_working_at_it_keeps_it_new(session: DocumentSession) -> None:
    add_table(session)
    go_on(session, STEPS - 1)
    named = tuple(one.rebuilt(title="Papers") if one.id == MADE.id else one for one in session.flow.tables)
    session.edit(session.flow.rebuilt(tables=named), "Title")
    go_on(session, STEPS - 1)
    assert look(session).severity == "note"


def test_what_was_there_before_and_what_an_undo_brings_back_is_not_new(session: DocumentSession) -> None:
    kept = session.flow.rebuilt(tables=(*session.flow.tables, MADE))
    session.new_from(kept)
    assert look(session).severity == "warning"
    session.edit(remove_table(session.flow, MADE.id), "Delete a table")
    session.undo()
    assert look(session).severity == "warning"


def test_fix_all_never_deletes_what_was_just_made_however_long_ago(session: DocumentSession) -> None:
    add_table(session)
    look(session)
    assert fix_all(session, session.problems) == ""
    go_on(session, STEPS)
    look(session)
    fix_all(session, session.problems)
    assert MADE.id in session.flow.tables_by_id


def test_what_is_wrong_stays_wrong_however_new_it_is(session: DocumentSession) -> None:
    add_table(session)
    wrong = Problem("work.formula", "error", "shell.problems.none", (), (Element("table", MADE.id),))
    session.show_problems((wrong,))
    assert [one.severity for one in session.problems] == ["error"]


def test_every_unfinished_thing_is_a_problem_that_the_checks_know() -> None:
    assert {code for code in UNFINISHED if f"checks.{code}" not in resources.catalogue()} == set()
