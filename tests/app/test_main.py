"""The app as a process: how soon its window is there, and what a second start offers after a crash."""

from pathlib import Path

import pytest

from app.commands.starting import work_until_shown_s
from app.document.journal import Journal
from app.document.recovery import journal_folder, left_behind
from app.document.session import DocumentSession
from app.main import first_flow
from flow_models.document.flow import Flow


@pytest.mark.proof
def test_a_second_start_takes_no_more_work_than_the_first(private_folders: Path) -> None:
    first_s, second_s = (work_until_shown_s(private_folders / "home") for _ in range(2))
    assert 0 < second_s < 1.5 * first_s


def test_work_that_a_killed_app_left_is_found_again(qapp: object, private_folders: Path) -> None:
    folder = journal_folder(private_folders / "state")
    session = DocumentSession(Flow(id="f"))
    journal = Journal(session, folder)
    session.edit(Flow(id="f", title="Kept"), "Rename flow")
    assert left_behind(folder) == ()
    journal._lock.unlock()
    assert [recovery.flow().title for recovery in left_behind(folder)] == ["Kept"]
    journal.remove()


def test_an_app_without_a_file_opens_with_the_bank() -> None:
    assert first_flow().title == "North Bank"
