"""Old formats reach the newest one step at a time."""

import pytest

from flow_models.document.errors import NewerFormatError, ShapeError
from flow_models.document.flow import FORMAT
from flow_models.document.migrations import MIGRATIONS, Json, migrated


def rename_title(document: Json) -> Json:
    return {"caption" if key == "title" else key: value for key, value in document.items()}


def add_notes(document: Json) -> Json:
    return {**document, "notes": [document["caption"]]}


STEPS = {1: rename_title, 2: add_notes}


def test_each_step_builds_on_the_one_before() -> None:
    assert migrated({"format": 1, "title": "A"}, STEPS, newest=3) == {"format": 3, "caption": "A", "notes": ["A"]}


def test_a_file_in_between_starts_at_its_own_version() -> None:
    assert migrated({"format": 2, "caption": "A"}, STEPS, newest=3) == {"format": 3, "caption": "A", "notes": ["A"]}


def test_the_newest_format_is_left_as_it_is() -> None:
    document: Json = {"format": 3, "title": "A"}
    assert migrated(document, STEPS, newest=3) is document


def test_the_original_document_is_not_changed() -> None:
    document: Json = {"format": 1, "title": "A"}
    migrated(document, STEPS, newest=3)
    assert document == {"format": 1, "title": "A"}


@pytest.mark.parametrize("version", [None, "1", True, 0, -1])
def test_a_format_that_never_was_is_refused(version: object) -> None:
    with pytest.raises(ShapeError):
        migrated({"format": version}, STEPS, newest=3)


def test_a_newer_format_names_both_versions() -> None:
    with pytest.raises(NewerFormatError) as caught:
        migrated({"format": 4}, STEPS, newest=3)
    assert caught.value.arguments == {"found": "4", "newest": "3"}


def test_every_version_below_the_newest_has_its_step() -> None:
    assert sorted(MIGRATIONS) == list(range(1, FORMAT))
