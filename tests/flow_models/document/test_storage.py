"""Flow files: bytes that stay the same, refusals in words, and saving that never leaves half a file."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from flow_models.document.blocks import Button, Form, Heading
from flow_models.document.data import Column, Row, Table
from flow_models.document.errors import (
    BrokenFileError,
    DocumentError,
    FileAccessError,
    NewerFormatError,
    ShapeError,
    UnsafeFileError,
)
from flow_models.document.field_blocks import TextField
from flow_models.document.flow import Flow
from flow_models.document.storage import DEPTH_LIMIT, SIZE_LIMIT, dumps, load, loads, save


def small_flow() -> Flow:
    """A flow with a bit of everything that the writer treats specially."""
    form = Form(id="form", blocks=(TextField(id="who", name="who", title="Wer? „é“"), Button(id="go", submit=True)))
    table = Table(
        id="t", name="things", columns=(Column(id="c", name="label"),), rows=(Row(id="r", values={"c": "x"}),)
    )
    page = {"id": "home", "title": "Home", "blocks": (Heading(id="h", text="Hello"), form), "x": 12.5}
    arrow = {"id": "a", "from": "home", "on": {"kind": "use", "block": "go"}, "to": "stay"}
    return Flow.model_validate({"id": "f", "tables": (table,), "pages": (page,), "transitions": (arrow,)})


def document(**fields: object) -> str:
    return json.dumps({"format": 1, "id": "f", **fields})


def test_a_flow_comes_back_from_its_text() -> None:
    assert loads(dumps(small_flow())) == small_flow()


def test_an_unchanged_flow_gives_the_same_bytes() -> None:
    text = dumps(small_flow())
    assert dumps(loads(text)) == text
    assert text.startswith('{\n  "format": 1,\n  "id": "f",\n')
    assert text.endswith("}\n")
    assert "„é“" in text


def test_key_order_and_spacing_of_a_file_do_not_matter() -> None:
    shuffled = json.dumps(dict(reversed(json.loads(dumps(small_flow())).items())))
    assert dumps(loads(shuffled)) == dumps(small_flow())


def test_defaults_are_left_out_and_kinds_are_kept() -> None:
    written = json.loads(dumps(small_flow()))
    assert written["pages"][0]["blocks"][0] == {"kind": "heading", "id": "h", "text": "Hello"}
    assert written["transitions"][0] == {"id": "a", "from": "home", "on": {"kind": "use", "block": "go"}}


def test_a_byte_order_mark_is_accepted() -> None:
    assert loads(b"\xef\xbb\xbf" + dumps(small_flow()).encode()) == small_flow()


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("", BrokenFileError, "empty"),
        ('{"format": 1,\n "id": ', BrokenFileError, "ends in the middle: its last part is missing. (line 2, column"),
        ('{"format": 1, "id": "ab', BrokenFileError, "ends in the middle"),
        ('{"format": 1,\n "id": oops}', BrokenFileError, "not valid JSON. (line 2, column 8)"),
        (b'{"id":\n"\xff"}', BrokenFileError, "UTF-8. (line 2)"),
        ("[1, 2]", ShapeError, "not a flow"),
        ('{"id": "f"}', ShapeError, "which format"),
        ('{"format": true, "id": "f"}', ShapeError, "which format"),
        ('{"format": 0, "id": "f"}', ShapeError, "never existed"),
        ('{"format": 2, "from_the_future": 1}', NewerFormatError, "format 2"),
        ('{"format": 1, "id": "f", "id": "g"}', UnsafeFileError, "“id” stands twice"),
        ('{"format": 1, "id": "f", "x": NaN}', UnsafeFileError, "NaN"),
        ('{"format": 1, "id": "f", "x": -Infinity}', UnsafeFileError, "-Infinity"),
        ('{"format": 1, "id": "f", "x": ' + "9" * 5000 + "}", UnsafeFileError, "not a number"),
        ('{"format": 1, "id": "f", "x": 1e400}', UnsafeFileError, "not a number"),
        ('{"format": 1, "id": "f", "title": "a\\ud83d"}', UnsafeFileError, "cannot be stored. (title)"),
        ('{"format": 1, "id": "f", "title": "a\\u0000"}', UnsafeFileError, "cannot be stored"),
        ("[" * 200_000, UnsafeFileError, "levels inside each other"),
        (document(x=json.loads("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1))), UnsafeFileError, "levels"),
        (document(surprise=1), ShapeError, "“surprise” is not a part of a flow here. (surprise)"),
        (document(pages=[{"title": "No id"}]), ShapeError, "“id” is missing. (pages[0])"),
        (document(pages=[{"id": "p", "blocks": [{"id": "b", "kind": "blink"}]}]), ShapeError, "(pages[0].blocks[0])"),
        (document(tables=[{"id": "t", "name": "Bad name"}]), ShapeError, "(tables[0].name)"),
        (document(pages=[{"id": "../p"}]), ShapeError, "(pages[0].id)"),
        (document(pages=[{"id": "p"}, {"id": "p"}]), ShapeError, "used twice among the pages"),
        (document(pages=[{"id": "s"}], sections=[{"id": "s"}]), ShapeError, "used twice among the pages"),
        (document(pages=[{"id": "stay"}]), ShapeError, "used twice among the pages"),
        (document(site={"clock": {"start": "2027-02-30T09:00"}}), ShapeError, "(site.clock.start)"),
    ],
)
def test_a_bad_file_is_refused_in_words_with_the_place(
    text: str | bytes, kind: type[DocumentError], words: str
) -> None:
    with pytest.raises(kind) as caught:
        loads(text)
    assert type(caught.value) is kind
    assert words in caught.value.sentence()
    assert caught.value.next_step()


def test_a_block_id_is_used_once_in_the_whole_flow() -> None:
    nested = {"kind": "group", "id": "g", "blocks": [{"kind": "divider", "id": "b"}]}
    pages = [{"id": "p", "blocks": [nested]}, {"id": "q", "blocks": [{"kind": "divider", "id": "b"}]}]
    with pytest.raises(ShapeError, match="used twice among the blocks"):
        loads(document(pages=pages))


def test_an_oversized_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    file = tmp_path / "huge.flow.json"
    file.write_bytes(b"[" * (SIZE_LIMIT + 1))
    with pytest.raises(UnsafeFileError, match="larger than 32 MB"):
        load(file)


def test_saving_and_loading_a_file_gives_the_flow(tmp_path: Path) -> None:
    save(small_flow(), tmp_path / "a.flow.json")
    assert load(tmp_path / "a.flow.json") == small_flow()
    assert [file.name for file in tmp_path.iterdir()] == ["a.flow.json"]


def test_a_missing_file_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match=r"“none\.flow\.json” cannot be read"):
        load(tmp_path / "none.flow.json")


@pytest.mark.skipif(os.name == "nt", reason="folders are not flushed there")
def test_a_drive_that_cannot_flush_folders_still_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    flow = Flow(id="f", title="Kept")
    save(flow, tmp_path / "a.flow.json")
    assert load(tmp_path / "a.flow.json") == flow


def test_a_failed_save_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.flow.json"
    file.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileAccessError, match="No space left"):
        save(small_flow(), file)
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.flow.json", "old")]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are POSIX")
def test_saving_writes_through_a_link_and_keeps_permissions(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.flow.json"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.flow.json"
    link.symlink_to(target)
    save(small_flow(), link)
    assert link.is_symlink()
    assert load(target) == small_flow()
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
