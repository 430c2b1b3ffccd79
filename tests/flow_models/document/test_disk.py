"""Files as a person has them: pipes and devices are refused, other names stay, nothing is left behind."""

import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from flow_models.document import disk, storage
from flow_models.document.errors import DocumentError, FileAccessError, UnsafeFileError
from flow_models.document.flow import Flow

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, devices and links of POSIX")


@pytest.fixture
def special(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    file = tmp_path / "x.flow.json"
    if request.param == "pipe":
        os.mkfifo(file)
    elif request.param == "folder":
        file.mkdir()
    else:
        # A link to a device: nothing is written to one here, and nothing may be.
        file.symlink_to("/dev/null")
    return file


@posix
@pytest.mark.parametrize("special", ["pipe", "folder", "device"], indirect=True)
def test_what_is_no_file_is_refused_in_words_and_stays_what_it_is(special: Path) -> None:
    before = special.stat().st_mode
    for attempt in (lambda: storage.load(special), lambda: storage.save(Flow(id="f"), special)):
        with pytest.raises(FileAccessError, match=r"is a (named pipe|folder|device), not a file"):
            attempt()
    assert special.stat().st_mode == before
    assert list(special.parent.iterdir()) == [special]


@posix
def test_other_names_of_a_file_see_what_was_saved(tmp_path: Path) -> None:
    file, other = tmp_path / "a.flow.json", tmp_path / "b.flow.json"
    for title in ("A long title, longer than the next", "B"):
        storage.save(Flow(id="f", title=title), file)
        if not other.exists():
            other.hardlink_to(file)
        assert storage.load(other).title == title
    assert file.stat().st_nlink == 2
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a.flow.json", "b.flow.json"]


@posix
def test_a_failed_save_of_a_file_with_two_names_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "a.flow.json", tmp_path / "b.flow.json"
    storage.save(Flow(id="f", title="Old"), file)
    other.hardlink_to(file)
    real, calls = os.ftruncate, []

    def fails_once(descriptor: int, length: int) -> None:
        calls.append(length)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        real(descriptor, length)

    monkeypatch.setattr(os, "ftruncate", fails_once)
    with pytest.raises(FileAccessError, match="No space left"):
        storage.save(Flow(id="f", title="New and much longer than before"), file)
    assert storage.load(other).title == "Old"


KILLED = """
import os, sys, time
from flow_models.document import disk
os.fsync = lambda descriptor: (print("holding", flush=True), time.sleep(60))
disk.write_text("half", sys.argv[1])
"""


def saving(file: Path) -> "subprocess.Popen[str]":
    """Start a program that saves a file and stops in the middle."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(file)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "holding\n"
    return process


@posix
def test_the_next_save_sweeps_up_what_a_killed_one_left_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.flow.json"
    (tmp_path / ".a.flow.json.mine.tmp").write_text("a person's")
    with saving(file) as running:
        with saving(file) as killed:
            killed.send_signal(signal.SIGKILL)
        assert len(list(tmp_path.glob(".*.tmp"))) == 3
        disk.write_text("new", file)
        # That of the running save stays: it is about to be put in its place.
        assert len(list(tmp_path.glob(".*.tmp"))) == 2
        running.kill()
    disk.write_text("newer", file)
    assert sorted(found.name for found in tmp_path.iterdir()) == [".a.flow.json.mine.tmp", "a.flow.json"]


@pytest.mark.parametrize("content", ["[" * 100_000, "7", "{", "[1]", '{"a": ' * 50_000])
def test_a_damaged_file_of_our_own_is_as_good_as_none(tmp_path: Path, content: str) -> None:
    from app.desktop.settings import Settings
    from app.document.recent import RecentFiles

    (tmp_path / "settings.json").write_text(content)
    (tmp_path / "recent.json").write_text(content)
    assert Settings(tmp_path).get("theme", "light") == "light"
    assert RecentFiles(tmp_path).paths() == ()


BOMBS = {
    "empty objects": '{"a":[' + ",".join(["{}"] * 3_000_000) + "]}",
    "a flow of empty objects": '{"format":1,"id":"f","pages":[' + ",".join(["{}"] * 3_000_000) + "]}",
    "lists in lists": '{"a":[' + ",".join(["[[]]"] * 1_500_000) + "]}",
    "numbers": '{"format":1,"a":[' + ",".join(["0.1"] * 4_000_000) + "]}",
    "no end": '{"a":' + "[[],[]," * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_of_too_many_parts_is_refused_before_they_are_built(name: str) -> None:
    tracemalloc.start()
    with pytest.raises(UnsafeFileError, match="parts"):
        storage.loads(BOMBS[name])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * len(BOMBS[name])


def test_files_at_the_bound_take_memory_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "PARTS_LIMIT", 20_000)
    text = '{"a":[' + ",".join(["{}"] * (storage.PARTS_LIMIT - 2)) + "]}"
    tracemalloc.start()
    with pytest.raises(DocumentError, match="which format"):
        storage.loads(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 400 * storage.PARTS_LIMIT


@posix
@pytest.mark.parametrize("name", ["x" * 255, "é" * 127, "x" * 242 + ".json"])
def test_every_name_that_a_file_may_have_can_be_saved_under(tmp_path: Path, name: str) -> None:
    for title in ("A", "B"):
        storage.save(Flow(id="f", title=title), tmp_path / name)
    assert storage.load(tmp_path / name).title == "B"
    assert [found.name for found in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused_in_words(tmp_path: Path, name: str) -> None:
    for attempt in (lambda: storage.load(tmp_path / name), lambda: storage.save(Flow(id="f"), tmp_path / name)):
        with pytest.raises(FileAccessError):
            attempt()
    assert list(tmp_path.iterdir()) == []
