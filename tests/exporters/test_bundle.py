"""The folder and the wheel: what is in them, what is not, and that they depend on the flow alone."""

import hashlib
import json
import os
import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from exporters import canary
from exporters.bundle import RUNTIME
from exporters.errors import ExportError, NameTakenError, VersionError
from exporters.export import Report, export
from exporters.templates import as_toml
from flow_models.compiler import compile_flow, compiling
from flow_models.document.edits.tasks import raise_versions
from flow_models.document.errors import EditError
from flow_models.document.flow import Flow
from flow_models.document.packages import choose_package
from flow_models.document.tasks import VERSION_LIMIT, Milestone
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.registry import EXTRAS, INTERFACES
from flow_models.runtime.machine.base import program
from flow_models.runtime.machine.base.program import MEANING
from tests.exporters.conftest import COUNTS, silent


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_same_flow_gives_the_same_bytes(library: Flow, exported: Report, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.json\n*.css\n", encoding="utf-8")
    again = export(library, tmp_path / "elsewhere", COUNTS, silent, check=False)
    assert content(again.folder) == content(exported.folder)
    assert again.wheel.read_bytes() == exported.wheel.read_bytes()


def test_the_runtime_is_copied_byte_for_byte(exported: Report) -> None:
    assert content(exported.folder / "librarydesk" / "runtime") == content(RUNTIME)


def test_the_wheel_holds_the_package_as_it_lies_in_the_folder(exported: Report) -> None:
    with zipfile.ZipFile(exported.wheel) as wheel:
        packed = {name: wheel.read(name) for name in wheel.namelist() if name.startswith("librarydesk/")}
        others = {name.partition("/")[2] for name in wheel.namelist() if not name.startswith("librarydesk/")}
    assert packed == {f"librarydesk/{path}": data for path, data in content(exported.folder / "librarydesk").items()}
    assert {"sboms/sbom.cdx.json", "licenses/LICENSE", "METADATA"} <= others


def test_checksums_name_every_file_and_are_right(exported: Report) -> None:
    files = content(exported.folder / "librarydesk")
    lines = files.pop("CHECKSUMS").decode().splitlines()
    beside = content(exported.folder / "librarydesk_vf")
    files |= {f"../librarydesk_vf/{path}": data for path, data in beside.items()}
    assert beside
    assert {line[66:]: line[:64] for line in lines} == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }


def test_interfaces_and_extras_are_those_of_the_registry(exported: Report) -> None:
    made = tomllib.loads((exported.folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert made["project"]["optional-dependencies"] == {entry.name: list(entry.needs) for entry in EXTRAS}
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    for entry in {*INTERFACES, *EXTRAS}:
        command = f'`pip install "librarydesk-1.0.0-py3-none-any.whl[{entry.name}]"`' if entry.needs else ""
        assert f"| `{entry.name}` | {entry.about} | {command}" in card
    assert "observation: [text, symbolic]\n" in card


def test_no_solution_of_a_held_out_instance_is_in_the_package(exported: Report) -> None:
    package = exported.folder / "librarydesk"
    training = {one.n for one in Bundle.read(package).instances["borrow-book"] if one.split == "train"}
    lines = (package / "demonstrations" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["instance"] for line in lines} == training


def test_every_file_that_the_card_names_is_in_the_wheel(exported: Report) -> None:
    card = (exported.folder / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.(?:jsonl?|svg)|CHECKSUMS)`", card))
    with zipfile.ZipFile(exported.wheel) as wheel:
        packed = {name.removeprefix("librarydesk/") for name in wheel.namelist()}
        (metadata,) = (wheel.read(name).decode() for name in wheel.namelist() if name.endswith("/METADATA"))
    assert named >= {"tasks.json", "CHECKSUMS", "provenance.json", "diagram.svg", "demonstrations/train.jsonl"}
    assert named | {"py.typed"} <= packed
    assert metadata.endswith(card)
    assert exported.wheel.name in card


def test_a_canary_of_the_flow_and_its_version_stands_in_data_files_and_card(
    exported: Report, library: Flow, tmp_path: Path
) -> None:
    guid = canary.guid(compile_flow(library).program)
    later = export(library.rebuilt(version="1.0.1"), tmp_path, (1, 0, 0), silent, check=False)
    for name in ("README.md", *(f"librarydesk/{file}" for file in ("program.json", "tasks.json", "provenance.json"))):
        said = (exported.folder / name).read_text(encoding="utf-8")
        assert guid in said
        assert "keep it out of corpora" in said
        assert guid not in (later.folder / name).read_text(encoding="utf-8")
    lines = (exported.folder / "librarydesk" / "demonstrations" / "train.jsonl").read_text(encoding="utf-8")
    assert {json.loads(line)["canary"] for line in lines.splitlines()} == {guid}


def test_nothing_in_the_package_tells_where_or_by_whom_it_was_made(exported: Report) -> None:
    told = [str(Path.home()), str(RUNTIME.parents[1]), str(exported.folder.parent), os.environ.get("USER") or "\0"]
    with zipfile.ZipFile(exported.wheel) as wheel:
        files = {**content(exported.folder), **{name: wheel.read(name) for name in wheel.namelist()}}
    own = {name: data for name, data in files.items() if "/runtime/" not in name}
    assert [name for name, data in own.items() for word in told if word.encode() in data and len(word) > 4] == []


def test_a_task_that_changed_needs_a_higher_version(library: Flow, tmp_path: Path) -> None:
    export(library, tmp_path, (1, 0, 0), silent, check=False)
    changed = library.rebuilt(title="Another desk", site=library.site.rebuilt(currency="EUR"))
    changed = changed.rebuilt(title=library.title)
    with pytest.raises(VersionError) as refused:
        export(changed, tmp_path, (1, 0, 0), silent, check=False)
    assert refused.value.tasks == ("borrow-book",)
    raised = export(raise_versions(changed, refused.value.tasks), tmp_path, (1, 0, 0), silent, check=False)
    assert "borrow-book-v2" in (raised.folder / "README.md").read_text(encoding="utf-8")


def test_a_runtime_that_means_something_else_by_the_same_program_is_another_version(
    library: Flow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(library, tmp_path, (1, 0, 0), silent, check=False)
    for module in (compiling, program):
        monkeypatch.setattr(module, "MEANING", MEANING + 1)
    with pytest.raises(VersionError) as refused:
        export(library, tmp_path, (1, 0, 0), silent, check=False)
    assert refused.value.tasks == ("borrow-book",)


def test_an_unchanged_flow_is_exported_again_without_a_word(library: Flow, tmp_path: Path) -> None:
    first, second = (export(library, tmp_path, (1, 0, 0), silent, check=False).folder for _ in range(2))
    assert first == second


@pytest.mark.proof
def test_a_damaged_earlier_package_does_not_stand_in_the_way(library: Flow, tmp_path: Path) -> None:
    (tmp_path / "librarydesk-0.9").mkdir()
    (tmp_path / "librarydesk-0.9" / "provenance.json").write_text('{"tasks": 3}', encoding="utf-8")
    assert export(library, tmp_path, (1, 0, 0), silent, check=False).wheel.exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(library: Flow, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written") as failed:
        export(library, tmp_path / "taken", (1, 0, 0), silent, check=False)
    assert failed.value.message_id == "export.cannot_write"


def test_what_the_checks_call_an_error_is_not_exported(library: Flow, tmp_path: Path) -> None:
    generous = (Milestone(title="Half", when="count(loans) > 0", reward=0.5),) * 3
    paid = library.rebuilt(tasks=(library.tasks[0].rebuilt(milestones=generous),))
    with pytest.raises(ExportError, match="rewards on the way"):
        export(paid, tmp_path, COUNTS, silent, check=False)


def test_a_hostile_title_or_licence_stays_a_text(library: Flow, tmp_path: Path) -> None:
    said = '"""\nraise SystemExit(7)\n"""'
    tasks = tuple(task.rebuilt(title=f"{said} | more") for task in library.tasks)
    hostile = library.rebuilt(
        title=f"Desk {said}", license=f'MIT"\n[tool.hatch.build.hooks.custom] {said}', domain=said, tasks=tasks
    )
    report = export(hostile, tmp_path, (1, 0, 0), silent, check=False)
    for source in report.folder.rglob("*.py"):
        assert "SystemExit(7)" not in source.read_text(encoding="utf-8")
    made = tomllib.loads((report.folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert (made["project"]["license"], list(made["tool"]["hatch"])) == ("LicenseRef-See-LICENSE", ["build"])
    assert "hooks" not in made["tool"]["hatch"]["build"]
    row = next(
        line for line in (report.folder / "README.md").read_text(encoding="utf-8").splitlines() if "more" in line
    )
    assert row.replace("\\|", "").count("|") == 7


def test_the_wheel_is_found_where_its_version_is_written_otherwise(library: Flow, tmp_path: Path) -> None:
    report = export(library.rebuilt(version="01.2.0"), tmp_path, (1, 0, 0), silent, check=False)
    assert report.wheel.exists()


@pytest.mark.proof
def test_another_flow_of_the_same_name_is_not_replaced(library: Flow, tmp_path: Path) -> None:
    first = export(library, tmp_path, COUNTS, silent, check=False)
    kept = content(tmp_path)
    with pytest.raises(NameTakenError, match="librarydesk2"):
        export(library.rebuilt(id="another"), tmp_path, COUNTS, silent, check=False)
    assert content(tmp_path) == kept
    # Also where nothing but the wheel was kept, beside a file that is none.
    shutil.rmtree(first.folder)
    (tmp_path / "librarydesk-0-py3-none-any.whl").write_bytes(b"PK")
    with pytest.raises(NameTakenError, match="librarydesk2") as refused:
        export(library.rebuilt(id="another"), tmp_path, COUNTS, silent, check=False)
    second = export(
        choose_package(library.rebuilt(id="another"), refused.value.free), tmp_path, COUNTS, silent, check=False
    )
    assert second.folder.name.startswith("librarydesk2-")
    assert (second.folder / "librarydesk2" / "program.json").exists()


def test_the_highest_version_of_a_task_is_not_raised_but_refused_in_words(library: Flow) -> None:
    (task,) = library.tasks
    with pytest.raises(EditError, match="9,999"):
        raise_versions(library.rebuilt(tasks=(task.rebuilt(version=VERSION_LIMIT),)), [task.name])


def test_every_character_is_written_as_toml_reads_it() -> None:
    usable = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    for start in range(0, len(usable), 20_000):
        words = "".join(usable[start : start + 20_000])
        assert tomllib.loads(f"x = {as_toml(words)}")["x"] == words
