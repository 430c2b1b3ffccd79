"""The main job as one journey: from an empty flow to a bundle that is solved in a clean environment."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.flow import Flow
from tests.journeys.person import InPage, Person

EXPORT_MS = 300_000
"""The first export on a computer prepares a clean environment, which takes a minute or two."""


def draw_pages(person: Person) -> None:
    """Add three pages with their blocks: a form with a number, a page of thanks, a page that refuses."""
    person.click(person.window.canvas.hint.button)
    person.name_page("Order tea", "Page with a form")
    for kind, title in (("Confirmation", "Thank you"), ("Empty page", "Too many cups")):
        person.press("Ctrl+Shift+P")
        person.name_page(title, kind)
    person.select_page("Order tea")
    person.select_block("Text")
    person.add_block("Number field")
    person.type(person.target("Label"), "Cups")
    person.select_block("Text")
    person.push_icon("Delete the block (Del)", "Blocks around it")


def describe_data(person: Person) -> None:
    """Add a table of orders with a whole number in it."""
    person.press("Ctrl+Shift+T")
    person.type(person.target("Title"), "Orders")
    person.unfold("Name · Text")
    person.type(person.target("Title", within="Name · Text"), "Cups")
    person.pick_in("Type", "Whole number", within="Cups · Text")


def connect_pages(person: Person) -> None:
    """Draw four arrows, two of them from the form's button; the first of those two has a guard and an effect."""
    send = person.block("Order tea", "button")
    person.drag_from_button("Order tea", send, "Thank you")
    person.push("+ Add condition", "Only if")
    person.pick(person.condition().left.plain.box, "Cups")
    person.pick(person.condition().comparison, "is at most")
    person.type(person.condition().right.plain.literal.line, "40")
    person.push("+ Add", "Then")
    person.choose("Add a row")
    person.pick_value("Cups", "Cups", within="Add a row to Orders")
    person.drag_from_button("Order tea", send, "Too many cups")
    person.drag_from_button("Thank you", person.block("Thank you", "button"), "Order tea")
    person.drag_from_card("Too many cups", "Order tea")


def state_task(person: Person) -> None:
    """Add a task with a parameter, its words, and a rule for success."""
    person.press("Ctrl+Shift+K")
    person.type(person.target("Title"), "Order some tea")
    person.push("+ Add", "What differs from time to time")
    person.type(person.target("Title", within="Value · Text"), "Cups")
    person.pick_in("Type", "Whole number", within="Cups · Text")
    person.pick_in("Comes from", "From … to …", within="Cups · Whole number")
    for label, number in (("At least", "1"), ("At most", "40")):
        person.pick_value(label, "A value I type", within="Cups · Whole number")
        person.type(person.literal(label, within="Cups · Whole number"), number)
    person.type(person.target("", within="Wording 1"), "Order {task.cups} cups of tea.")
    person.push("+ Add", "Success when")
    person.choose("Rows are added")
    person.pick_value("Cups", "task\u2019s Cups", within="Added to Orders")


def play(person: Person, site: InPage) -> None:
    """Use the site in the embedded browser, and see the canvas follow."""
    person.select_page("Order tea")
    person.press("F5")
    site.until(lambda: site.panel.is_playing)
    assert person.lit_page() == "Order tea"
    site.click("input")
    site.type("41")
    site.click("button")
    site.until(lambda: person.lit_page() == "Too many cups")
    assert "Too many cups" in site.text()
    site.click("button")
    site.until(lambda: person.lit_page() == "Order tea")
    site.click("input")
    site.type("3")
    site.click("button")
    site.until(lambda: person.lit_page() == "Thank you")
    assert [row.cells[0].text for row in site.snapshot.data.tables[0].rows] == ["3"]
    person.press("Shift+F5")
    site.until(lambda: not site.panel.is_playing)


def save_and_undo(person: Person, path: Path) -> None:
    """Save, take back the last step, which the file does not have, and do it again."""
    person.press("Ctrl+S")
    person.choose_file(path)
    person.qtbot.waitUntil(lambda: not person.window.session.is_dirty)
    saved = person.flow
    assert storage.load(path) == saved
    person.press("Ctrl+Z")
    assert person.flow != saved
    assert person.window.session.is_dirty
    person.press("Ctrl+Shift+Z")
    assert person.flow == saved
    assert not person.window.session.is_dirty


def export_bundle(person: Person, folder: Path) -> dict[str, Any]:
    """Export with a few instances of the task and return the report that is shown."""
    person.push_tool("export")
    dialog = person.window.exporting.dialog
    assert dialog is not None
    dialog.activateWindow()
    person.type(dialog.folder, str(folder))
    for split, count in (("train", "12"), ("validation", "4"), ("test", "4")):
        person.type(dialog.counts[split].lineEdit(), count)
    with person.qtbot.waitSignal(dialog.job.finished, timeout=EXPORT_MS) as finished:
        person.click(dialog.export)
    assert dialog.report.isVisible()
    person.click(dialog.close_button)
    return dict(finished.args[0])


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_from_an_empty_flow_to_a_bundle(
    qtbot: QtBot, open_window: Callable[[Flow], MainWindow], tmp_path: Path
) -> None:
    window = open_window(Flow(id="tea_shop", title="Tea shop"))
    window.add_late_panels()
    person = Person(window, qtbot)
    draw_pages(person)
    describe_data(person)
    connect_pages(person)
    state_task(person)
    # One wording works; only for tests with other words there should be more.
    qtbot.waitUntil(lambda: [problem.code for problem in window.session.problems] == ["task.few_wordings"])
    play(person, InPage(qtbot, person.preview))
    save_and_undo(person, tmp_path / "tea_shop.flow.json")
    report = export_bundle(person, tmp_path / "out")
    assert report["verification"]["status"] == "verified", report["verification"]
    assert [(task["task"], task["instances"]) for task in report["tasks"]] == [("order-some-tea", 20)]
    assert report["verification"]["walks"] == 24, "each instance is solved there, every fifth once more in a variant"
    assert Path(report["wheel"]).is_file()
