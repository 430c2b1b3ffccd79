"""What a person does in the window with pointer and keys, said in the words that they read there."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.blocks.palette import BlockPalette
from app.canvas.picking import NewPage
from app.inspector.blocktree import BlockTree
from app.inspector.editors.base import Picker
from app.inspector.editors.formula import ValueEditor
from app.inspector.editors.plain import PickEditor
from app.inspector.editors.sentence import RowEdit
from app.inspector.form import FoldWidget
from app.inspector.panel import InspectorPanel
from app.inspector.rows import RowWidget
from app.preview.panel import PreviewPanel
from app.window.main_window import MainWindow
from app.words.elements import block_word
from flow_models.document.behaviour import Page
from flow_models.document.blocks import AnyBlock
from flow_models.document.flow import Flow
from tests.app.canvas.conftest import Hand
from tests.app.preview.conftest import Bench

T = TypeVar("T")

LEFT = Qt.MouseButton.LeftButton

Kind = Literal["click", "drag", "text", "key"]


class Action(NamedTuple):
    """One thing that a hand does: a click, a drag, a text typed into one field, a key or shortcut."""

    stage: str
    kind: Kind
    what: str


class Person:
    """Somebody at the window. What is looked for and is not there fails the test with what is there instead.

    Everything that the hands do is kept in `actions`, under the stage at which they are.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.hand = Hand(window.canvas)
        self.stage = ""
        self.actions: list[Action] = []
        self._popup: QWidget | None = None
        inspector = window.panels["inspector"]
        assert isinstance(inspector, InspectorPanel)
        self.inspector = inspector

    @property
    def preview(self) -> PreviewPanel:
        """The panel with the browser, made once the window is shown."""
        preview = self.window.panels["preview"]
        assert isinstance(preview, PreviewPanel)
        return preview

    @property
    def flow(self) -> Flow:
        """The open flow as it is now."""
        return self.window.session.flow

    def page(self, title: str) -> Page:
        """Return the page with a title."""
        return next(page for page in self.flow.pages if page.title == title)

    def block(self, page: str, kind: str) -> AnyBlock:
        """Return the first block of a kind on a page."""
        return next(block for block in self.page(page).blocks_by_id.values() if block.kind == kind)

    # Anywhere

    def did(self, kind: Kind, what: str) -> None:
        """Count one action; what was done before has been shown by then, as nobody is faster."""
        self.qtbot.wait(1)
        self.actions.append(Action(self.stage, kind, what))

    def in_page(self) -> "InPage":
        """Return the hand that works in the page."""
        return InPage(self.qtbot, self.preview, self.did)

    def press(self, keys: str) -> None:
        """Press a key or shortcut, wherever the keyboard is."""
        self.did("key", keys)
        self.come_back()
        QTest.keySequence(self._in_front(), QKeySequence(keys))

    def write(self, words: str) -> None:
        """Type a text where the keyboard is."""
        self.did("text", words)
        self.come_back()
        QTest.keyClicks(self._in_front(), words)

    def choose_file(self, path: Path) -> None:
        """Give a path to the file dialog that is open and press Enter.

        Put in at once: typed letters open the dialog's own list of completions, which wants a window manager.
        """
        dialog = self.window.findChild(QFileDialog)
        assert dialog is not None, "no file dialog is open"
        line = dialog.findChild(QLineEdit)
        assert line is not None
        self.did("text", path.name)
        line.setText(str(path))
        self.did("key", "Return")
        QTest.keyClick(line, Qt.Key.Key_Return)

    def _in_front(self) -> QWidget:
        """Return the widget that gets what is typed: that of the popup, else the one with the keyboard."""
        # PySide takes what a popup returned for gone as soon as nobody holds the popup itself.
        self._popup = QApplication.activePopupWidget()
        if self._popup is not None:
            return self._popup.focusWidget() or self._popup
        return QApplication.focusWidget() or self.window

    def awaited(self, find: Callable[[], list[T]], missing: Callable[[], str]) -> list[T]:
        """Return what is there, as soon as it is: Qt shows new widgets when it comes to them."""

        def is_there() -> None:
            assert find(), missing()

        self.qtbot.waitUntil(is_there)
        return find()

    def click(self, widget: QWidget) -> None:
        """Click a widget in its middle, once it is laid out and scrolled to."""

        def is_seen() -> bool:
            # What the checks say above a form may move it while one looks.
            if self.inspector.isAncestorOf(widget):
                self.inspector.area.ensureWidgetVisible(widget)
            return not widget.visibleRegion().isEmpty()

        self.qtbot.waitUntil(is_seen)
        assert widget.isEnabled(), f"{widget} is greyed"
        self.did("click", called(widget))
        QTest.mouseClick(widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget, LEFT)

    def choose(self, words: str) -> None:
        """Click an entry of the menu that is open."""

        def entries() -> dict[str, QAction]:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu), f"no menu is open in which to choose {words!r}"
            return {action.text().replace("&", ""): action for action in menu.actions()}

        # What opens a submenu takes a moment.
        self.awaited(
            lambda: [words] if words in entries() else [],
            lambda: f"the menu has no {words!r}, but {sorted(entries())}",
        )
        menu, action = QApplication.activePopupWidget(), entries()[words]
        assert isinstance(menu, QMenu)
        self.did("click", words)
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        self.come_back()

    def open_menu(self, title: str) -> None:
        """Click a menu of the menu bar."""
        bar = self.window.menuBar()
        action = next(action for action in bar.actions() if action.text().replace("&", "") == title)
        self.did("click", title)
        QTest.mouseClick(bar, LEFT, pos=bar.actionGeometry(action).center())

    def take_fix(self, words: str) -> None:
        """Click the fix that stands beside what is wrong, once the checks have found that."""
        buttons = self.awaited(
            lambda: [
                one for one in self.inspector.findChildren(QPushButton) if one.text() == words and one.isVisible()
            ],
            lambda: f"no fix {words!r} is offered",
        )
        self.click(buttons[0])

    def type(self, widget: QWidget, words: str) -> None:
        """Replace what stands in a field, and leave with Tab."""
        self.retype(widget, words)
        self.press("Tab")

    def retype(self, widget: QWidget, words: str) -> None:
        """Click into a field unless the keyboard is there, and replace what is there."""
        if not widget.hasFocus():
            self.click(widget)
        if not is_marked(widget):
            self.press("Ctrl+A")
        self.write(words)

    def pick(self, box: Picker, words: str) -> None:
        """Choose an entry of a drop-down: open it with a click, click the entry."""
        index = box.findText(words)
        assert index >= 0, f"{words!r} is not offered, but {[box.itemText(at) for at in range(box.count())]}"
        self.click(box)
        view = box.view()
        entry = box.model().index(index, box.modelColumn())
        view.scrollTo(entry)
        place = view.visualRect(entry).center()
        assert view.viewport().rect().contains(place), f"{words!r} is out of sight in its list"
        self.did("click", words)

        def is_taken() -> bool:
            # A list takes what comes soon after it opened for the end of the click that opened it.
            if view.isVisible():
                QTest.mouseClick(view.viewport(), LEFT, pos=place)
            return not view.isVisible()

        self.qtbot.waitUntil(is_taken)
        self.come_back()

    def come_back(self) -> None:
        """Have the window active after a popup: without a window manager nobody gives that back."""
        active = QApplication.activeWindow()
        if QApplication.activePopupWidget() is None and (active is None or not active.isVisible()):
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def push_tool(self, name: str) -> None:
        """Click a button of the window's tool bar, named by its action."""
        action = next(action for action in self.window.tools.actions() if action.objectName() == name)
        self.click(self.window.tools.widgetForAction(action))

    # On the canvas

    def show_all(self) -> None:
        """Zoom so that every card is seen, by the button over the canvas."""
        action = self.window.canvas.actions_by_name["fit"]
        buttons = self.window.canvas.zoom_bar.findChildren(QToolButton)
        self.click(next(button for button in buttons if button.defaultAction() is action))

    def see(self, *titles: str) -> None:
        """Show all unless some cards are in view already."""
        view = self.window.canvas.view
        cards = (self.window.canvas.scene.cards[self.page(title).id] for title in titles)
        places = [view.mapFromScene(card.sceneBoundingRect()).boundingRect() for card in cards]
        if not all(view.viewport().rect().contains(place) for place in places):
            self.show_all()

    def name_page(self, title: str, kind: str = "") -> None:
        """Type a title into the window that asks for one; click a kind, or take what the title promises."""
        offer = QApplication.activePopupWidget()
        assert isinstance(offer, NewPage), "no title waits to be typed"
        self.write(title)
        if not kind:
            self.press("Return")
            self.come_back()
            return
        items = {offer.list.item(row).text(): offer.list.item(row) for row in range(offer.list.count())}
        assert kind in items, f"there is no kind {kind!r}, but {sorted(items)}"
        place = offer.list.visualItemRect(items[kind]).center()
        self.did("click", kind)
        QTest.mouseClick(offer.list.viewport(), LEFT, pos=place)
        self.come_back()

    def select_page(self, title: str) -> None:
        """Click a card on its title."""
        self.did("click", f"the card {title!r}")
        self.hand.click(self.hand.card(self.page(title).id, 90.0, 16.0))

    def rename_page(self, title: str, to: str) -> None:
        """Double-click the title on a card and type another one."""
        self.did("click", f"the title {title!r}, twice")
        self.hand.double_click(self.hand.card(self.page(title).id, 90.0, 16.0))
        self.qtbot.waitUntil(lambda: is_marked(self._in_front()))
        self.write(to)
        self.press("Return")

    def click_arrow(self, page: str, target: str) -> None:
        """Click the label of the arrow from one page to another."""
        self.see(page, target)
        ends = (self.page(page).id, self.page(target).id)
        arrow = next(arrow for arrow in self.flow.transitions if (arrow.source, arrow.to) == ends)
        rect = self.window.canvas.scene.labels[arrow.id].area()
        self.did("click", f"the arrow from {page!r} to {target!r}")
        self.hand.click((rect.center().x(), rect.center().y()))

    def drag_from_button(self, page: str, block: AnyBlock, target: str) -> None:
        """Drag from the port of a button on a card to another card, with both in view."""
        self.see(page, target)
        start = self.hand.port(self.page(page).id, block.id)
        self.hand.hover(start)
        self.did("drag", f"from {getattr(block, 'title', '')!r} on {page!r} to {target!r}")
        self.hand.drag(start, self.hand.card(self.page(target).id))

    def drag_to_new(self, page: str, block: AnyBlock, title: str) -> None:
        """Drag from the port of a button on a card onto empty canvas right of it, and name the page that is offered."""
        self.see(page)
        start = self.hand.port(self.page(page).id, block.id)
        self.hand.hover(start)
        self.did("drag", f"from {getattr(block, 'title', '')!r} on {page!r} onto the canvas")
        self.hand.drag(start, (start[0] + 110.0, start[1]))
        self.name_page(title)

    def drag_from_card_to_new(self, page: str, title: str) -> None:
        """Drag from the handle beside a card onto empty canvas, and name the page that is offered."""
        self.see(page)
        self.hand.hover(self.hand.card(self.page(page).id))
        card = self.window.canvas.scene.cards[self.page(page).id]
        handle = card.pos() + card.handle()
        self.did("drag", f"from {page!r} onto the canvas")
        self.hand.drag((handle.x(), handle.y()), (handle.x() - 110.0, handle.y() + 260.0))
        self.name_page(title)

    def drag_from_card(self, page: str, target: str) -> None:
        """Drag from the handle beside a card to another card, with both in view."""
        self.see(page, target)
        self.hand.hover(self.hand.card(self.page(page).id))
        card = self.window.canvas.scene.cards[self.page(page).id]
        handle = card.pos() + card.handle()
        self.did("drag", f"from {page!r} to {target!r}")
        self.hand.drag((handle.x(), handle.y()), self.hand.card(self.page(target).id))

    def lit_page(self) -> str:
        """Return the title of the page that is lit on the canvas as the one where the play is."""
        lit = [page for page, card in self.window.canvas.scene.cards.items() if card.is_active]
        return self.flow.pages_by_id[lit[0]].title if lit else ""

    # In the inspector

    def field(self, label: str, within: str = "") -> RowWidget:
        """Return the visible field with a label, inside the section or card with a title."""
        place: QWidget = self.fold(within) if within else self.inspector
        row = self.awaited(
            lambda: [row for row in place.findChildren(RowWidget) if row.row.label == label and row.isVisible()],
            lambda: f"no field {label!r}, but {[row.row.label for row in self.inspector.rows() if row.isVisible()]}",
        )[0]
        self.inspector.area.ensureWidgetVisible(row)
        return row

    def target(self, label: str, within: str = "") -> QWidget:
        """Return what one clicks to edit a field."""
        return self.field(label, within).editor.target()

    def fold(self, title: str) -> FoldWidget:
        """Return the section or card with a title; the innermost one if several match."""

        def folds() -> list[FoldWidget]:
            return [fold for fold in self.inspector.findChildren(FoldWidget) if fold.isVisible()]

        return self.awaited(
            lambda: [fold for fold in folds() if fold.node.title == title],
            lambda: f"no part {title!r}, but {[fold.node.title for fold in folds()]}",
        )[-1]

    def unfold(self, title: str) -> None:
        """Open a section or card by clicking its title."""
        fold = self.fold(title)
        if fold.body.isHidden():
            self.inspector.area.ensureWidgetVisible(fold.title)
            self.click(fold.title)

    def push(self, label: str, within: str) -> None:
        """Click a button of a section or card."""
        fold = self.fold(within)
        buttons = [button for button in fold.findChildren(QPushButton) if button.isVisible()]
        found = [button for button in buttons if button.text() == label]
        assert found, f"{within!r} has no {label!r}, but {[button.text() for button in buttons]}"
        self.inspector.area.ensureWidgetVisible(found[0])
        self.click(found[0])

    def push_icon(self, label: str, within: str) -> None:
        """Click a small button of a section by the words of its tooltip."""
        fold = self.fold(within)
        buttons = [button for button in fold.findChildren(QToolButton) if button.isVisible()]
        found = [button for button in buttons if button.toolTip() == label]
        assert found, f"{within!r} has no {label!r}, but {[button.toolTip() for button in buttons]}"
        self.inspector.area.ensureWidgetVisible(found[0])
        self.click(found[0])

    def conditions(self) -> list[RowEdit]:
        """Return the comparisons that are shown."""
        return self.awaited(
            lambda: [row for row in self.inspector.findChildren(RowEdit) if row.isVisible()],
            lambda: "there is no comparison",
        )

    def condition(self) -> RowEdit:
        """Return the comparison that was added last."""
        return self.conditions()[-1]

    def pick_in(self, label: str, words: str, within: str = "") -> None:
        """Choose an entry of a drop-down field."""
        editor = self.field(label, within).editor
        assert isinstance(editor, PickEditor)
        self.pick(editor.box, words)

    def pick_value(self, label: str, words: str, within: str = "") -> None:
        """Choose what a value is taken from."""
        editor = self.field(label, within).editor
        assert isinstance(editor, ValueEditor)
        self.pick(editor.operand.plain.box, words)

    def literal(self, label: str, within: str = "") -> QWidget:
        """Return the line in which one types a value that is taken from nowhere."""
        editor = self.field(label, within).editor
        assert isinstance(editor, ValueEditor)
        return editor.operand.plain.literal.line

    def tree(self) -> BlockTree:
        """Return the tree of blocks of the selected page."""
        tree = self.inspector.tree()
        assert tree is not None, "the inspector shows no blocks"
        self.inspector.area.ensureWidgetVisible(tree.tree)
        return tree

    def select_block(self, words: str) -> None:
        """Click a block in the tree of the selected page."""
        tree = self.tree()
        items = {item.text(0): item for item in tree.tree.all_items()}
        assert words in items, f"the page has no {words!r}, but {sorted(items)}"
        place: QPoint = tree.tree.visualItemRect(items[words]).center()
        self.did("click", f"the block {words!r}")
        QTest.mouseClick(tree.tree.viewport(), LEFT, pos=place)

    def add_block(self, words: str) -> None:
        """Add a block from the palette under the tree."""
        self.inspector.area.ensureWidgetVisible(self.tree().add)
        self.click(self.tree().add)
        self.choose_block(words)

    def choose_block(self, words: str) -> None:
        """Take a block from the palette that is open: type what it is called, press Enter."""
        palette = QApplication.activePopupWidget()
        assert isinstance(palette, BlockPalette), "no palette is open"
        self.did("text", words)
        QTest.keyClicks(palette.search, words)
        assert block_word(palette.grid.current()) == words, f"{words!r} finds {palette.grid.current()!r} first"
        self.did("key", "Return")
        QTest.keyClick(palette.search, Qt.Key.Key_Return)


def called(widget: QWidget) -> str:
    """Return what a person would call a widget."""
    return widget.accessibleName() or str(widget.property("text") or "") or type(widget).__name__


def is_marked(widget: QWidget) -> bool:
    """Say whether what is typed into a field now replaces all that is there."""
    match widget:
        case QLineEdit():
            return widget.selectedText() == widget.text()
        case QPlainTextEdit():
            return widget.textCursor().selectedText() == widget.toPlainText()
        case _:
            return False


class InPage(Bench):
    """A pointer and keys inside the page that the window's embedded browser shows."""

    def __init__(self, qtbot: QtBot, panel: PreviewPanel, did: Callable[[Kind, str], None] | None = None) -> None:
        # Not a bench of its own: the window made the panel.
        self.qtbot = qtbot
        self.panel = panel
        self._did = did or (lambda _kind, _what: None)

    def click(self, selector: str) -> None:
        """Click into the middle of an element of the page."""
        self._did("click", f"{selector} in the page")
        super().click(selector)

    def type(self, words: str) -> None:
        """Type into the page."""
        self._did("text", words)
        super().type(words)
