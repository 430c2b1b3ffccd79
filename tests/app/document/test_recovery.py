"""Journals that a crash, a full disk or a bad sector left: work comes back as it was after some edit, or not at all."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from app.document.journal import Journal
from app.document.recovery import left_behind
from app.document.session import DocumentSession
from flow_models.document.behaviour import Page
from flow_models.document.errors import DocumentError
from flow_models.document.flow import Flow

EDITS = 12


def expected(number: int) -> Flow:
    """Return the flow of a session here after that many edits; its title counts them."""
    pages = [*(f"p{n}" for n in range(3)), *(f"q{n}" for n in range(1, EDITS + 1))][number : number + 3]
    shown = tuple(Page(id=page, title=f"Page {page[1:]}" if page[0] == "q" else "") for page in pages)
    return Flow(id="f", title=f"edit {number}", pages=shown)


def session_of(folder: Path) -> tuple[DocumentSession, Journal, list[str]]:
    """Return a fresh session whose journal says here what it could not write."""
    told: list[str] = []
    session = DocumentSession(expected(0))
    journal = Journal(session, folder)
    journal.failed.connect(told.append)
    return session, journal, told


def given_up(session: DocumentSession, journal: Journal) -> None:
    """Leave a journal as a killed process does."""
    journal._lock.unlock()
    if journal._paper is not None:
        journal._paper.close()
    session.flow_changed.disconnect(journal._note)


def written(folder: Path, name: str = "a") -> Path:
    """Leave the journal of a session of `EDITS` edits behind; return its file."""
    session, journal, _ = session_of(folder)
    for number in range(1, EDITS + 1):
        session.edit(expected(number), "Rename flow")
    given_up(session, journal)
    return journal.file.rename(folder / f"{name}.jsonl")


def restored(folder: Path, name: str = "a") -> int | None:
    """Return after how many edits a journal gives its flow back, or `None` if it is not offered; never another flow."""
    found = [recovery for recovery in left_behind(folder) if recovery.file.stem == name]
    if not found:
        return None
    flow = found[0].flow()
    number = int(flow.title.removeprefix("edit "))
    assert flow == expected(number)
    return number


@pytest.fixture
def journal(qapp: object, tmp_path: Path) -> Path:
    return written(tmp_path)


def lines_of(content: bytes) -> list[bytes]:
    return [line for line in content.split(b"\n") if line]


def test_a_whole_journal_gives_every_edit_back(journal: Path) -> None:
    assert restored(journal.parent) == EDITS
    (recovery,) = left_behind(journal.parent)
    assert recovery.is_whole
    assert recovery.title == f"edit {EDITS}"


def test_one_flipped_bit_costs_nothing(journal: Path) -> None:
    content = journal.read_bytes()
    dice = random.Random(9)
    for place in dice.sample(range(len(content)), 200):
        flipped = bytearray(content)
        flipped[place] ^= 1 << dice.randrange(8)
        journal.write_bytes(bytes(flipped))
        assert restored(journal.parent) == EDITS


def test_a_journal_cut_anywhere_gives_back_every_edit_that_was_written_whole(journal: Path) -> None:
    content = journal.read_bytes()
    for length in range(0, len(content), 7):
        journal.write_bytes(content[:length])
        whole = {line for line in lines_of(content[:length]) if line in lines_of(content)}
        assert restored(journal.parent) == (len(whole) - 1 if whole else None)


def flips(content: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.randrange(1, 40)):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return bytes(content)


def blanks(content: bytearray, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    length = dice.randrange(1, 2000)
    content[start : start + length] = b"\0" * len(content[start : start + length])
    return bytes(content)


def drops(content: bytearray, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    del content[start : start + dice.randrange(1, 2000)]
    return bytes(content)


def repeats(content: bytearray, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return bytes(content[:start] + content[start // 2 : start] + content[start:])


def mixes(content: bytearray, dice: random.Random) -> bytes:
    lines = lines_of(bytes(content))
    dice.shuffle(lines)
    return b"\n".join(lines)


def appends(content: bytearray, dice: random.Random) -> bytes:
    tails = [b"1", b"[]", b"[" * 100_000, b'{"delta":{}}', b"\x00" * 4096, b"x" * 100_000, b"null", b'"a"', b"{}"]
    return bytes(content) + b"\n" + dice.choice(tails) + dice.choice([b"", b"\n"])


DAMAGES: tuple[Callable[[bytearray, random.Random], bytes], ...] = (flips, blanks, drops, repeats, mixes, appends)


def damaged_journals(folder: Path, content: bytes, count: int, seed: int) -> int:
    """Damage a journal in many ways beside a healthy one; return how many restored less than everything."""
    dice = random.Random(seed)
    short = 0
    for _ in range(count):
        damage = dice.choice(DAMAGES)
        (folder / "a.jsonl").write_bytes(damage(bytearray(content), dice))
        number = restored(folder)
        assert restored(folder, "healthy") == EDITS
        assert damage is not appends or number == EDITS
        short += number != EDITS
    return short


def test_no_damage_alters_a_flow_or_hides_another_journal(journal: Path) -> None:
    content = journal.read_bytes()
    written(journal.parent, "healthy")
    assert 0 < damaged_journals(journal.parent, content, 200, seed=1) < 200


@pytest.mark.proof
def test_five_thousand_damaged_journals(journal: Path) -> None:
    content = journal.read_bytes()
    written(journal.parent, "healthy")
    short = damaged_journals(journal.parent, content, 5000, seed=2)
    print(f"5000 damaged journals, seed 2: {5000 - short} gave everything back, {short} an earlier state or nothing")


@pytest.mark.parametrize(
    "tail", ["1", "[]", "[" * 100_000, '{"delta":7}', '{"delta":{"parts":7}}', '{"label":"x"}', '{"delta":{"unset":7}}']
)
def test_a_journal_of_format_1_gives_back_what_comes_before_a_bad_last_line(
    qapp: object, tmp_path: Path, tail: str
) -> None:
    header = json.dumps({"journal": 1, "path": None, "title": "A", "flow": {"format": 1, "id": "f"}})
    edit = json.dumps({"label": "Rename flow", "delta": {"set": {"title": "B"}}})
    (tmp_path / "a.jsonl").write_text(f"{header}\n{edit}\n{tail}\n", encoding="utf-8")
    (recovery,) = left_behind(tmp_path)
    assert recovery.flow().title == "B"


FOREIGN = (b"", b"\n\n", b"{}\n", b"[1]\n", b"1", b'{"journal":1,"flow":7}\n', b"\x80\x04pickle", b"[" * 200_000)


@pytest.mark.parametrize("content", FOREIGN)
def test_a_foreign_file_among_the_journals_is_passed_over(journal: Path, content: bytes) -> None:
    (journal.parent / "x.jsonl").write_bytes(content)
    assert restored(journal.parent) == EDITS
    assert len(left_behind(journal.parent)) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_or_a_folder_among_the_journals_is_passed_over(journal: Path) -> None:
    os.mkfifo(journal.parent / "x.jsonl")
    (journal.parent / "y.jsonl").mkdir()
    assert restored(journal.parent) == EDITS


def test_flow_of_a_nested_header_is_refused_in_words(qapp: object, tmp_path: Path) -> None:
    nested = '{"title":' * 500 + "1" + "}" * 500
    (tmp_path / "a.jsonl").write_text('{"journal":1,"flow":{"id":"f","site":' + nested + "}}\n", encoding="utf-8")
    (recovery,) = left_behind(tmp_path)
    with pytest.raises(DocumentError):
        recovery.flow()


FULL_DISK = """
import resource, shutil, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from app.document.journal import Journal
from app.document.recovery import left_behind
from test_recovery import EDITS, expected, session_of, given_up

app = QApplication([])
folder = Path(sys.argv[1])
step, runs = int(sys.argv[4]), 0
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
size = 0
while True:
    # A limit on the size of files fails writes as a full disk does, after as many bytes as are wanted.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited[1]))
    session, journal, told = session_of(folder)
    safe = -1
    for number in range(1, EDITS + 1):
        session.edit(expected(number), "Rename flow")
        safe = number if journal._written is session.flow else safe
    has_room_again = size % (2 * step) == 0
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    if has_room_again:
        journal._catch_up()
        safe = EDITS
    given_up(session, journal)
    found = left_behind(folder)
    if safe < 0:
        assert len(found) <= 1
    else:
        (recovery,) = found
        flow = recovery.flow()
        assert flow == expected(safe), (size, safe, flow.title)
    runs += 1
    if not told:
        break
    size += step
print(runs)
"""


def full_disks(folder: Path, step: int) -> int:
    """Fill the disk at every `step`-th byte of a run; return how many runs that were."""
    here = Path(__file__).resolve()
    root = here.parents[3]
    command = [sys.executable, "-c", FULL_DISK, str(folder), str(root), str(here.parent), str(step)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")


@needs_limits
def test_a_full_disk_keeps_all_that_was_written_and_catches_up(tmp_path: Path) -> None:
    assert full_disks(tmp_path / "journals", step=97) > 40


@needs_limits
@pytest.mark.proof
def test_a_full_disk_at_every_byte_of_a_run(tmp_path: Path) -> None:
    print(
        f"a full disk at each of {full_disks(tmp_path / 'journals', step=1)} bytes of a run: nothing written was lost"
    )


@pytest.mark.parametrize("written_s", [-1e10, 0, 1e11, 9e15])
def test_a_journal_of_a_clock_that_was_wrong_is_offered_with_a_date(journal: Path, written_s: float) -> None:
    os.utime(journal, (written_s, written_s))
    (recovery,) = left_behind(journal.parent)
    assert re.fullmatch(r"19[67]\d|20\d\d", f"{datetime.fromtimestamp(recovery.modified_s).astimezone():%Y}")
