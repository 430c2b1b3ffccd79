"""Wordings are found by id, filled in, and merged from the files of all areas."""

import json
from pathlib import Path

import pytest

import resources


@pytest.fixture
def areas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty catalogue folder that `resources.text` reads instead of the shipped one."""
    folder = tmp_path / "wordings" / "ui" / "en"
    folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_ROOT", tmp_path)
    monkeypatch.setattr(resources, "catalogue", lambda: resources._merged(folder))
    return folder


def write(folder: Path, area: str, messages: object) -> None:
    (folder / f"{area}.json").write_text(json.dumps(messages), encoding="utf-8")


def test_a_message_is_found_by_id_and_filled_in(areas: Path) -> None:
    write(areas, "checks", {"checks.unused": "{title} is never used"})
    assert resources.text("checks.unused", title="Payees") == "Payees is never used"


def test_nested_messages_have_dotted_ids(areas: Path) -> None:
    write(areas, "shell", {"menu": {"file": {"open": "Open"}}})
    assert resources.text("menu.file.open") == "Open"


def test_messages_of_all_areas_are_merged(areas: Path) -> None:
    write(areas, "checks", {"a": "first"})
    write(areas, "shell", {"b": "second"})
    assert resources.text("a") + resources.text("b") == "firstsecond"


def test_an_id_in_two_areas_is_refused(areas: Path) -> None:
    write(areas, "checks", {"a": "first"})
    write(areas, "shell", {"a": "second"})
    with pytest.raises(resources.WordingError, match=r"shell\.json repeats"):
        resources.text("a")


def test_an_unknown_id_is_named_in_the_error(areas: Path) -> None:
    with pytest.raises(resources.WordingError, match=r"menu\.absent: no wording"):
        resources.text("menu.absent")


def test_a_missing_argument_is_named_in_the_error(areas: Path) -> None:
    write(areas, "checks", {"a": "{title} is never used"})
    with pytest.raises(resources.WordingError, match="'title' is missing"):
        resources.text("a", name="Payees")


def test_the_arguments_of_a_message_are_told(areas: Path) -> None:
    write(areas, "checks", {"a": "{title} has {count} rows, {count} unused"})
    assert resources.arguments("a") == {"title", "count"}


def test_the_shipped_catalogue_is_read_once() -> None:
    assert resources.catalogue() is resources.catalogue()


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"icons/none\.svg"):
        resources.path("icons", "none.svg")


def test_a_path_leads_into_the_package() -> None:
    assert resources.path("wordings", "ui", "en").is_dir()
