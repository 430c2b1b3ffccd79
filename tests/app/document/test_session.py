"""The open document: edits, history, merging, and what listeners hear."""

import pytest

from app.document.session import DocumentSession
from flow_models.checks.problem import problem
from flow_models.document.behaviour import Page
from flow_models.document.flow import Flow


@pytest.fixture
def session(qapp: object) -> DocumentSession:
    return DocumentSession(Flow(id="f"))


def titled(flow: Flow, title: str) -> Flow:
    return flow.rebuilt(title=title)


def test_an_edit_is_told_once_with_the_flow_before_and_after(session: DocumentSession) -> None:
    told: list[tuple[str, str]] = []
    session.flow_changed.connect(lambda before, after: told.append((before.title, after.title)))
    session.edit(titled(session.flow, "Bank"), "Rename flow")
    session.undo()
    session.redo()
    assert told == [("", "Bank"), ("Bank", ""), ("", "Bank")]


def test_an_edit_that_changes_nothing_leaves_no_step(session: DocumentSession) -> None:
    session.edit(titled(session.flow, ""), "Rename flow")
    assert session.undo_stack.count() == 0
    assert not session.is_dirty


def test_an_edit_that_is_refused_leaves_no_step_and_says_why(session: DocumentSession) -> None:
    assert session.attempt(lambda flow: titled(flow, "Bank"), "Rename flow") == ""
    assert session.attempt(lambda flow: flow.rebuilt(title=7), "Rename flow").startswith("This value does not fit")
    assert (session.flow.title, session.undo_stack.count()) == ("Bank", 1)


def test_problems_are_told_the_worst_first(session: DocumentSession) -> None:
    session.show_problems((problem("a", "hint"), problem("b", "error"), problem("c", "warning")))
    assert [one.code for one in session.problems] == ["b", "c", "a"]


def test_steps_of_one_gesture_become_one_and_other_gestures_do_not(session: DocumentSession) -> None:
    for title, key in (("B", "typing-1"), ("Ba", "typing-1"), ("Bank", "typing-2")):
        session.edit(titled(session.flow, title), "Rename flow", merge_key=key)
    assert session.undo_stack.count() == 2
    session.undo()
    assert session.flow.title == "Ba"
    session.undo()
    assert session.flow.title == ""


def test_a_gesture_that_ends_where_it_began_leaves_no_step(session: DocumentSession) -> None:
    session.edit(titled(session.flow, "B"), "Rename flow", merge_key="k")
    session.edit(titled(session.flow, ""), "Rename flow", merge_key="k")
    assert session.undo_stack.count() == 0
    assert session.flow.title == ""


def test_a_jump_in_the_history_is_told_once(session: DocumentSession) -> None:
    for title in "abcd":
        session.edit(titled(session.flow, title), "Rename flow")
    told: list[tuple[str, str]] = []
    session.flow_changed.connect(lambda before, after: told.append((before.title, after.title)))
    session.undo_stack.setIndex(1)
    assert told == [("d", "a")]


def test_only_a_flow_can_be_put_in_place(session: DocumentSession) -> None:
    with pytest.raises(TypeError, match="makes a Flow"):
        session.edit({"id": "f"}, "Break")  # type: ignore[arg-type]
    assert session.undo_stack.count() == 0


def test_another_document_starts_a_new_history(session: DocumentSession) -> None:
    session.edit(titled(session.flow, "Bank"), "Rename flow")
    heard: list[str] = []
    session.opened.connect(lambda: heard.append(session.flow.id))
    session.new_from(Flow(id="other", pages=(Page(id="p", path="/"),)))
    assert heard == ["other"]
    assert not session.is_dirty
    assert not session.undo_stack.canUndo()


def test_restored_work_counts_as_unsaved(session: DocumentSession) -> None:
    session.new_from(Flow(id="other"), unsaved=True)
    assert session.is_dirty
