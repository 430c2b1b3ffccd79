"""Saving: only on request, noticing other programs, keeping copies; and the list of recent files."""

import os
import sys
from pathlib import Path

import pytest

from app.document.backups import KEPT, keep_backup
from app.document.failures import FileChangedUnderneathError, UntitledError
from app.document.recent import LIMIT, RecentFiles
from app.document.session import DocumentSession
from app.window.filing import suggested_name
from flow_models.document import storage
from flow_models.document.errors import DocumentError
from flow_models.document.flow import Flow


@pytest.fixture
def session(qapp: object, tmp_path: Path) -> DocumentSession:
    file = tmp_path / "bank.flow.json"
    storage.save(Flow(id="f", title="Bank"), file)
    session = DocumentSession(Flow(id="x"))
    session.open(file)
    return session


def file_of(session: DocumentSession) -> Path:
    assert session.path is not None
    return session.path


def test_edits_reach_the_file_only_on_save(session: DocumentSession) -> None:
    session.edit(session.flow.rebuilt(title="Better bank"), "Rename flow")
    assert storage.load(file_of(session)).title == "Bank"
    session.save()
    assert storage.load(file_of(session)).title == "Better bank"
    assert not session.is_dirty


def test_save_stops_before_a_file_that_another_program_changed(session: DocumentSession) -> None:
    storage.save(Flow(id="f", title="Theirs"), file_of(session))
    session.edit(session.flow.rebuilt(title="Mine"), "Rename flow")
    with pytest.raises(FileChangedUnderneathError, match=r"bank\.flow\.json"):
        session.save()
    assert storage.load(file_of(session)).title == "Theirs"
    assert session.is_dirty


def test_a_file_that_was_only_touched_is_the_same_file(session: DocumentSession) -> None:
    os.utime(file_of(session), (1, 1))
    assert not session.changed_underneath()


def test_reload_takes_what_the_other_program_wrote(session: DocumentSession) -> None:
    storage.save(Flow(id="f", title="Theirs"), file_of(session))
    session.reload()
    assert session.flow.title == "Theirs"
    assert not session.changed_underneath()


def test_a_broken_file_leaves_the_open_document_alone(session: DocumentSession, tmp_path: Path) -> None:
    (tmp_path / "broken.flow.json").write_text('{"format": 1, "id": ')
    with pytest.raises(DocumentError):
        session.open(tmp_path / "broken.flow.json")
    assert session.flow.title == "Bank"
    assert file_of(session).name == "bank.flow.json"


def test_a_failed_save_leaves_the_document_unsaved(session: DocumentSession, tmp_path: Path) -> None:
    session.edit(session.flow.rebuilt(title="Mine"), "Rename flow")
    with pytest.raises(DocumentError):
        session.save_as(tmp_path / "no folder" / "x.flow.json")
    assert session.is_dirty
    assert file_of(session).name == "bank.flow.json"


def test_an_untitled_document_asks_for_a_file(qapp: object) -> None:
    with pytest.raises(UntitledError):
        DocumentSession(Flow(id="f")).save()


def test_saving_a_link_writes_what_it_points_to(session: DocumentSession, tmp_path: Path) -> None:
    link = tmp_path / "link.flow.json"
    link.symlink_to(file_of(session))
    session.open(link)
    session.edit(session.flow.rebuilt(title="Through the link"), "Rename flow")
    session.save()
    assert link.is_symlink()
    assert storage.load(tmp_path / "bank.flow.json").title == "Through the link"


def test_backups_roll(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.flow.json"
    stamps = iter(f"2027010{day // 10}-{day:06}" for day in range(KEPT + 3))
    monkeypatch.setattr("app.document.backups.time.strftime", lambda _: next(stamps))
    for number in range(KEPT + 3):
        file.write_text(str(number))
        assert keep_backup(file, tmp_path) is not None
    kept = sorted((tmp_path / "backups").rglob("*.flow.json"))
    assert [copy.read_text() for copy in kept] == [str(number) for number in range(3, KEPT + 3)]


def test_recent_files_are_listed_last_used_first_and_bounded(tmp_path: Path) -> None:
    recent = RecentFiles(tmp_path)
    files = [tmp_path / f"{number}.flow.json" for number in range(LIMIT + 2)]
    for file in files:
        file.touch()
        recent.add(file)
    recent.add(files[5])
    assert RecentFiles(tmp_path).paths()[:2] == (files[5], files[-1])
    assert len(recent.paths()) == LIMIT


def test_recent_files_survive_a_damaged_list_and_files_that_went_away(tmp_path: Path) -> None:
    (tmp_path / "recent.json").write_text("{")
    recent = RecentFiles(tmp_path)
    recent.add(tmp_path / "gone.flow.json")
    assert recent.paths() == ()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are shorter, and text, elsewhere")
@pytest.mark.parametrize("name", [b"\xff\xfe.flow.json", "名".encode() * 80 + b".flow.json", b"x" * 255])
def test_a_copy_is_kept_of_a_file_of_any_name(tmp_path: Path, name: bytes) -> None:
    file = tmp_path / os.fsdecode(name)
    file.write_text("{}", encoding="utf-8")
    copy = keep_backup(file, tmp_path)
    assert copy is not None
    assert copy.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("title", ["名" * 200, "𠀀" * 200, "x " * 100, "a/b", "..", ""])
def test_a_name_is_proposed_that_a_file_can_have(tmp_path: Path, title: str) -> None:
    storage.save(Flow(id="f", title=title), tmp_path / suggested_name(Flow(id="f", title=title)))
