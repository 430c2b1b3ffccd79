"""The library site drawn by somebody new, from the start screen to a verified export, with every action counted.

Its tests are run by `test_new_user`, in processes of their own with a screen of 1280 by 720.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.inspector.grid import RowGrid
from app.main import made_window
from app.start.screen import StartScreen
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.blocks import Button, ListBlock
from tests.journeys.by_keys import ByKeys
from tests.journeys.conftest import private_folders
from tests.journeys.person import Person

__all__ = ["private_folders"]

MOST_BY_POINTER = 150
MOST_BY_KEYS = 500
EXPORT_MS = 300_000
"""The first export on a computer prepares a clean environment, which takes a minute or two."""

BOOKS = (("Dune", "Frank Herbert"), ("Emma", "Jane Austen"), ("Ulysses", "James Joyce"), ("Walden", "Henry Thoreau"))
TITLES = ["Books", "My reservations", "Reserve a book", "Reserved"]
REFUSAL = "This book is already reserved."
GOALS = {
    "Reserve a book": "Reserve {task.book.title} for {task.name}, {task.email}.",
    "Cancel the reservation": "Cancel the reservation of {task.book.title} for {task.name}.",
}


def opened(qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """Return the window as the app opens it, active, with its page shown."""
    # A list takes what comes so soon after it opened for the end of the click that opened it.
    qapp.setDoubleClickInterval(30)
    window = made_window(qapp, None)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.session.undo_stack.setClean())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.add_late_panels()
    qtbot.waitUntil(lambda: getattr(window.panels["preview"], "snapshot", None) is not None, timeout=20_000)
    room = window.screen().availableGeometry()
    assert room.contains(window.frameGeometry()), f"{window.frameGeometry()} is not on {room}"
    return window


def row_button(person: Person, page: str) -> Button:
    """Return the button in each row of the list on a page."""
    listed = next(block for block in person.page(page).blocks if isinstance(block, ListBlock))
    button = listed.row_controls[0]
    assert isinstance(button, Button)
    return button


def start(person: Person) -> None:
    """Begin with an empty flow."""
    person.press("Ctrl+Shift+N")
    screen = person.window.findChild(StartScreen)
    assert isinstance(screen, StartScreen)
    person.click(next(card for card in screen.cards() if card.text().startswith("Empty flow")))


def tables(person: Person) -> None:
    """Say what books and reservations are, and type some books."""
    for title, columns in (("Books", ("Title", "Author")), ("Reservations", ("Book", "Name", "Email"))):
        person.press("Ctrl+Shift+T")
        person.write(title)
        person.unfold("Name · Text")
        person.retype(person.target("Title", within="Name · Text"), columns[0])
        for column in columns[1:]:
            person.push("+ Add column", "Columns")
            person.write(column)
        if title == "Books":
            type_books(person)


def type_books(person: Person) -> None:
    """Type the rows of the table that is shown."""
    grid = person.inspector.findChild(RowGrid)
    assert isinstance(grid, RowGrid)
    for title, author in BOOKS:
        person.click(grid.add)
        person.write(title)
        person.press("Tab")
        person.write(author)


def pages(person: Person) -> None:
    """Draw four pages, with a button in each row of two lists."""
    person.rename_page("Start", "Books")
    person.select_page("Books")
    add_row_button(person, "Reserve")
    person.drag_to_new("Books", row_button(person, "Books"), "Reserve a book")
    person.drag_to_new("Reserve a book", person.block("Reserve a book", "button"), "Reserved")
    person.drag_from_button("Reserved", person.block("Reserved", "button"), "Books")
    person.drag_from_card_to_new("Books", "My reservations")
    add_row_button(person, "Cancel")
    person.drag_from_card("My reservations", "Books")


def add_row_button(person: Person, title: str) -> None:
    """Put a button into each row of the list on the page that is selected."""
    person.select_block("List of rows")
    person.push("+ Add", "Buttons in each row")
    person.choose("Button")
    person.write(title)


def rules(person: Person) -> None:
    """Say what reserving and cancelling do, and when a book cannot be reserved."""
    person.drag_from_button("My reservations", row_button(person, "My reservations"), "My reservations")
    person.push("+ Add", "Then")
    person.choose("Remove rows")
    person.click_arrow("Reserve a book", "Reserved")
    person.push("+ Add", "Then")
    person.choose("Add a row")
    person.push("+ Add condition", "Only if")
    person.pick(person.condition().left.plain.box, "Something from a table…")
    person.pick(person.conditions()[0].comparison, "is no")
    person.take_fix("Add a notice for all other cases")
    person.write(REFUSAL)


def tasks(person: Person) -> None:
    """Ask for a reservation, and for one to be cancelled."""
    for title, goal in GOALS.items():
        person.press("Ctrl+Shift+K")
        person.write(title)
        person.push("+ As in a table", "What differs from time to time")
        person.choose("Reservations")
        person.retype(person.target("", within="Wording 1"), goal)
        if title.startswith("Cancel"):
            person.push("+ Add", "How it starts")
            person.choose("Add a row")
        person.push("+ Add", "Success when")
        person.choose("Rows are removed" if title.startswith("Cancel") else "Rows are added")


def play(person: Person) -> None:
    """Reserve a book on the site."""
    site = person.in_page()
    person.open_menu("Play")
    person.press("P")
    person.press("Return")
    # The browser is made when somebody first sees the page.
    person.qtbot.waitUntil(lambda: site.panel.is_playing and site.panel.browser is not None, timeout=20_000)
    site.until(lambda: site.panel.is_playing)
    site.click("table button")
    site.until(lambda: person.lit_page() == "Reserve a book")
    for place, words in enumerate(("Amara Hartnell", "amara@mail.example"), start=1):
        site.click(f"form p:nth-of-type({place}) input, form div:nth-of-type({place}) input")
        site.type(words)
    site.click("form button")
    site.until(lambda: person.lit_page() == "Reserved")
    assert "Reserved: Dune" in site.text()
    person.press("Shift+F5")
    site.until(lambda: not site.panel.is_playing)


def save(person: Person, folder: Path) -> None:
    """Save the flow."""
    file = folder / "library.flow.json"
    person.press("Ctrl+S")
    person.choose_file(file)
    person.qtbot.waitUntil(lambda: not person.window.session.is_dirty)
    assert storage.load(file) == person.flow


def export(person: Person, folder: Path) -> None:
    """Export with a few instances, and read that the package was verified."""
    person.press("Ctrl+E")
    dialog = person.window.exporting.dialog
    assert dialog is not None
    dialog.activateWindow()
    person.qtbot.waitUntil(dialog.isActiveWindow)
    person.retype(dialog.folder, str(folder))
    for split, count in (("train", "6"), ("validation", "2"), ("test", "2")):
        person.retype(dialog.counts[split].lineEdit(), count)
    with person.qtbot.waitSignal(dialog.job.finished, timeout=EXPORT_MS) as finished:
        person.click(dialog.export)
    person.click(dialog.close_button)
    report = dict(finished.args[0])
    assert report["verification"]["status"] == "verified", report["verification"]


def live(person: Person, folder: Path) -> None:
    """Do everything, and print what was done."""
    try:
        draw(person, start, tables, pages, rules, tasks, play)
        check_drawing(person)
        person.stage = "save"
        save(person, folder)
        person.stage = "export"
        export(person, folder / "out")
    finally:
        tell(person)


def draw(person: Person, *stages: Callable[[Person], None]) -> None:
    """Go through some stages."""
    for stage in stages:
        person.stage = stage.__name__
        stage(person)


def tell(person: Person) -> None:
    """Print every action, and how many there were."""
    for number, action in enumerate(person.actions, start=1):
        print(f"{number:4} {action.stage:7} {action.kind:5} {action.what}")
    counts = Counter(action.stage for action in person.actions)
    print(f"ACTIONS {len(person.actions)}: {', '.join(f'{name} {count}' for name, count in counts.items())}")


def check_drawing(person: Person) -> None:
    """See that the site is what was wanted, and without a fault."""
    flow = person.flow
    assert sorted(page.title for page in flow.pages) == TITLES
    reserving = [arrow for arrow in flow.transitions if arrow.source == person.page("Reserve a book").id]
    assert [(arrow.when, arrow.to == "stay") for arrow in reserving] == [
        ("not any(reservations, book == record)", False),
        ("", True),
    ]
    assert reserving[1].notice is not None
    assert reserving[1].notice.text == REFUSAL
    effects = [effect for arrow in flow.transitions for effect in arrow.do]
    assert sorted(effect.kind for effect in effects) == ["add", "remove"]
    assert {task.title: task.wordings for task in flow.tasks} == {title: (goal,) for title, goal in GOALS.items()}
    assert [problem for problem in person.window.session.problems if problem.severity == "error"] == []


def test_by_keys(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    person = ByKeys(opened(qapp, qtbot), qtbot)
    live(person, tmp_path)
    assert {action.kind for action in person.actions} <= {"key", "text"}
    assert len(person.actions) <= MOST_BY_KEYS


def test_by_pointer(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    person = Person(opened(qapp, qtbot), qtbot)
    live(person, tmp_path)
    assert len(person.actions) <= MOST_BY_POINTER
