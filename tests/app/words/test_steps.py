"""What the history calls its steps: each names what was done to what, and where."""

import re

import pytest

import resources
from app.words.steps import placed
from flow_models.document import storage
from flow_models.document.elements import Element

LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))
GROUPS = ("inspector.step.", "canvas.edit.", "shell.insert.label", "shell.outline.delete_label", "shell.outline.rename")
PLACED = ("inspector.step.add_transition", "inspector.step.clear_cells", "inspector.step.fill", "inspector.step.paste")
"""Steps that say what without an argument; the form in which they are done says where."""
WHOLE = ("canvas.edit.tidy",)
"""Steps about everything."""

STEPS = sorted(key for key in resources.catalogue() if key.startswith(GROUPS))


@pytest.mark.parametrize("key", STEPS)
def test_every_step_of_the_history_names_what_it_is_about(key: str) -> None:
    names = re.findall(r"{(\w+)", resources.catalogue()[key])
    assert names or key in PLACED or key in WHOLE


@pytest.mark.parametrize(
    ("kind", "named"),
    [
        ("page", "Do it in Book"),
        ("block", "Do it in Books"),
        ("table", "Do it in Books"),
        ("column", "Do it in Books"),
        ("task", "Do it in Borrow a book"),
        ("parameter", "Do it in Borrow a book"),
        ("flow", "Do it in Library desk"),
    ],
)
def test_a_step_says_where(kind: str, named: str) -> None:
    ids = {
        "page": LIBRARY.pages[1].id,
        "block": next(iter(LIBRARY.pages[0].blocks_by_id)),
        "table": LIBRARY.tables[0].id,
        "column": LIBRARY.tables[0].columns[0].id,
        "task": LIBRARY.tasks[0].id,
        "parameter": LIBRARY.tasks[0].parameters[0].id,
        "flow": LIBRARY.id,
    }
    assert placed(LIBRARY, "Do it", Element(kind, ids[kind])) == named  # type: ignore[arg-type]  # a kind


def test_what_a_step_names_already_is_not_said_twice() -> None:
    page = Element("page", LIBRARY.pages[0].id, "title")
    assert placed(LIBRARY, "Change Title of Books", page) == "Change Title of Books"
