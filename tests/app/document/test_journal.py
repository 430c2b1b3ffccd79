"""The recovery journal: what a crash leaves behind, and what it does not."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.document.journal import Journal
from app.document.recovery import journal_folder, left_behind
from app.document.session import DocumentSession
from flow_models.document import storage
from flow_models.document.behaviour import Page
from flow_models.document.data import Variable
from flow_models.document.flow import Flow
from flow_models.document.tasks import Task

WRITER = """
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.document.journal import Journal
from app.document.session import DocumentSession
from flow_models.document.flow import Flow

app = QApplication([])
session = DocumentSession(Flow(id="f"))
journal = Journal(session, Path(sys.argv[1]))
for number in range(1, 100_000):
    session.edit(session.flow.rebuilt(title=f"edit {number}"), f"Rename {number}")
    print(number, flush=True)
    time.sleep(0.002)
"""


def crashed(session: DocumentSession, journal: Journal) -> None:
    """Give the journal's file up as a killed process does: still there, and locked by nobody."""
    journal._lock.unlock()
    if journal._paper is not None:
        journal._paper.close()
    session.flow_changed.disconnect(journal._note)


def kill_after(edits: int, wait_s: float, folder: Path) -> None:
    """Kill a program that edits, a moment after so many edits; see that at most the one under way is lost."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= edits:
                break
        time.sleep(wait_s)
        process.kill()
        done = int((process.stdout.read().split() or [str(edits)])[-1])
    (recovery,) = left_behind(folder)
    restored = int(recovery.flow().title.removeprefix("edit "))
    assert done <= restored <= done + 1
    assert recovery.edits == restored
    assert recovery.is_whole


def test_killing_the_program_loses_at_most_one_edit(tmp_path: Path) -> None:
    kill_after(50, 0, tmp_path)


@pytest.mark.proof
@pytest.mark.timeout(600)
def test_three_hundred_kills(tmp_path: Path) -> None:
    dice = random.Random(4)
    for number in range(300):
        kill_after(dice.randrange(1, 60), dice.random() / 100, journal_folder(tmp_path / str(number)))
    print("300 kills, seed 4: at most the edit under way was lost")


def test_a_running_window_is_no_crash(qapp: object, tmp_path: Path) -> None:
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, tmp_path)
    session.edit(Flow(id="f", title="A"), "Rename flow")
    assert left_behind(tmp_path) == ()
    crashed(session, journal)
    assert [recovery.edits for recovery in left_behind(tmp_path)] == [1]


def test_saving_ends_the_journal_and_the_next_edit_starts_it_again(qapp: object, tmp_path: Path) -> None:
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, journal_folder(tmp_path))
    session.edit(Flow(id="f", title="A"), "Rename flow")
    session.save_as(tmp_path / "a.flow.json")
    assert not journal.file.exists()
    session.edit(Flow(id="f", title="B"), "Rename flow")
    crashed(session, journal)
    (recovery,) = left_behind(journal_folder(tmp_path))
    assert (recovery.flow().title, recovery.path) == ("B", tmp_path / "a.flow.json")


def test_restored_work_is_journaled_before_its_first_edit(qapp: object, tmp_path: Path) -> None:
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, tmp_path)
    session.new_from(Flow(id="g", title="Restored"), unsaved=True)
    crashed(session, journal)
    (recovery,) = left_behind(tmp_path)
    assert recovery.flow().title == "Restored"


def test_restored_work_is_dropped_only_when_it_is_safe_elsewhere(qapp: object, tmp_path: Path) -> None:
    before = DocumentSession(Flow(id="f"))
    first = Journal(before, tmp_path)
    before.edit(Flow(id="f", title="A"), "Rename flow")
    crashed(before, first)
    (recovery,) = left_behind(tmp_path)
    session = DocumentSession(Flow(id="g"))
    (tmp_path / "gone").write_text("no folder", encoding="utf-8")
    journal = Journal(session, tmp_path / "gone")
    session.new_from(recovery.flow(), unsaved=True)
    journal.replace(recovery)
    assert recovery.file.exists()
    (tmp_path / "gone").unlink()
    session.edit(Flow(id="f", title="B"), "Rename flow")
    journal._to_disk()
    assert not recovery.file.exists()
    crashed(session, journal)
    assert [left.flow().title for left in left_behind(tmp_path / "gone")] == ["B"]


def test_a_journal_that_somebody_deletes_while_it_is_written_begins_again(qapp: object, tmp_path: Path) -> None:
    folder = journal_folder(tmp_path)
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, folder)
    session.edit(Flow(id="f", title="A"), "Rename flow")
    journal.file.unlink()
    session.edit(Flow(id="f", title="B"), "Rename flow")
    shutil.rmtree(folder)
    session.edit(Flow(id="f", title="C"), "Rename flow")
    assert left_behind(folder) == ()
    session.edit(Flow(id="f", title="D"), "Rename flow")
    crashed(session, journal)
    assert [recovery.flow().title for recovery in left_behind(folder)] == ["D"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_work_on_a_file_whose_name_is_no_text_is_journaled(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff\xfe.flow.json")
    session = DocumentSession(Flow(id="f"))
    session.save_as(file)
    journal = Journal(session, tmp_path)
    session.edit(Flow(id="f", title="A"), "Rename flow")
    crashed(session, journal)
    (recovery,) = left_behind(tmp_path)
    assert (recovery.flow().title, recovery.path) == ("A", file)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udfff"])
def test_what_no_file_can_hold_is_refused_when_it_is_entered_and_costs_no_other_edit(
    qapp: object, tmp_path: Path, text: str
) -> None:
    start = Flow(id="f", variables=(Variable(id="v", name="v"),))
    session = DocumentSession(start)
    journal = Journal(session, tmp_path)
    session.edit(start.rebuilt(title="A"), "Rename flow")
    assert "no file" in session.attempt(lambda flow: flow.rebuilt(title=text), "Rename flow")
    assert "no file" in session.attempt(lambda flow: flow.rebuilt(description=text), "Describe flow")
    at = start.variables[0]
    assert "no file" in session.attempt(lambda flow: flow.rebuilt(variables=(at.rebuilt(initial=text),)), "First value")
    crashed(session, journal)
    assert [recovery.flow().title for recovery in left_behind(tmp_path)] == ["A"]


def edited(flow: Flow, action: str, number: int) -> Flow:
    """Return the flow after one made-up edit."""
    pages = flow.pages
    if action == "add":
        fresh = Page(id=f"p{number}-{time.monotonic_ns()}", title=str(number))
        return flow.rebuilt(pages=(*pages[: number % (len(pages) + 1)], fresh, *pages[number % (len(pages) + 1) :]))
    if action == "task":
        return flow.rebuilt(tasks=(*flow.tasks, Task(id=f"t{time.monotonic_ns()}", name=f"t-{number}")))
    if action == "title":
        return flow.rebuilt(title=str(number or ""), description="x" * number)
    if not pages:
        return flow
    index = number % len(pages)
    if action == "remove":
        return flow.rebuilt(pages=pages[:index] + pages[index + 1 :])
    if action == "swap":
        return flow.rebuilt(pages=tuple(reversed(pages)))
    return flow.rebuilt(pages=(*pages[:index], pages[index].rebuilt(title=f"{number}", x=number), *pages[index + 1 :]))


ACTIONS = st.sampled_from(["add", "task", "title", "remove", "swap", "change", "undo", "redo", "jump", "save", "open"])


@given(st.lists(st.tuples(ACTIONS, st.integers(0, 9), st.booleans()), max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_random_sessions_lose_nothing(
    qapp: object, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("session")
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, folder)
    file = folder / "a.flow.json"
    start = oldest = session.flow
    for action, number, merges in steps:
        if action in {"undo", "redo"}:
            getattr(session, action)()
        elif action == "jump":
            session.undo_stack.setIndex(number)
        elif action == "save":
            session.save_as(file)
            start = session.flow
        elif action == "open" and file.exists():
            session.open(file)
            assert session.flow == start
            oldest = start
        else:
            session.edit(edited(session.flow, action, number), action, merge_key="g" if merges else None)
    expected = storage.dumps(session.flow)
    if session.is_dirty or journal.file.exists():
        crashed(session, journal)
        assert storage.dumps(left_behind(folder)[0].flow()) == expected
    else:
        assert session.flow == start
    steps_done = session.undo_stack.index()
    session.undo_stack.setIndex(0)
    assert storage.dumps(session.flow) == storage.dumps(oldest)
    session.undo_stack.setIndex(steps_done)
    assert storage.dumps(session.flow) == expected
    journal.remove()


def test_opening_another_document_is_no_edit(qapp: object, tmp_path: Path) -> None:
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, tmp_path)
    session.edit(Flow(id="f", title="A"), "Rename flow")
    session.new_from(Flow(id="other"))
    assert not journal.file.exists()
    assert not session.is_dirty
