"""Everything that can be commanded on the canvas, as actions for menus, tool bar, context menu and shortcuts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

import resources
from app.canvas import changes
from app.canvas.board import Board, Wish
from app.theme import icon
from flow_models.document.edits import pages
from flow_models.document.elements import Element
from flow_models.geometry.tidy import tidied

Keys = QKeySequence.StandardKey | str | None

_MENU = (
    "rename", "test", "start", "", "connect", "new_page", "group", "", "cut", "copy", "paste", "duplicate", "delete",
    "", "select_all", "tidy", "zoom_selection", "fit",
)  # fmt: skip
_ICONS = {
    "new_page": "add", "rename": "edit", "delete": "delete", "duplicate": "duplicate", "copy": "copy",
    "paste": "paste", "fit": "fit", "test": "play", "start": "start", "group": "section", "connect": "connect",
    "zoom_in": "zoom_in", "zoom_out": "zoom_out", "tidy": "tidy",
}  # fmt: skip


class Commands(QObject):
    """The actions by name, enabled as the selection allows."""

    test_requested = Signal(str)
    """Carries the id of the page from which to test."""

    def __init__(self, board: Board, view_actions: dict[str, Callable[[], object]], widget: QWidget) -> None:
        """Make the actions.

        Args:
            board: The board.
            view_actions: What to do for `connect`, `fit`, `zoom_in`, `zoom_out`, `zoom_full` and `zoom_selection`,
                which need the view.
            widget: Where the shortcuts work, its children included.
        """
        super().__init__(widget)
        self._board = board
        self._widget = widget
        self.actions: dict[str, QAction] = {}
        own: dict[str, Callable[[], object]] = {
            "new_page": lambda: board.page_wanted.emit(Wish()),
            "rename": self._rename,
            "delete": self._delete,
            "duplicate": self._duplicate,
            "copy": self._copy,
            "cut": self._cut,
            "paste": self._paste,
            "select_all": self._select_all,
            "group": self._group,
            "start": self._start,
            "test": self._test,
            "tidy": self._tidy,
        }
        keys: dict[str, Keys] = {
            "new_page": "Ctrl+Shift+P",
            "rename": "F2",
            "connect": "Ctrl+L",
            "delete": QKeySequence.StandardKey.Delete,
            "duplicate": "Ctrl+D",
            "copy": QKeySequence.StandardKey.Copy,
            "cut": QKeySequence.StandardKey.Cut,
            "paste": QKeySequence.StandardKey.Paste,
            "select_all": QKeySequence.StandardKey.SelectAll,
            "group": "Ctrl+G",
            "fit": "Shift+1",
            "zoom_selection": "Shift+2",
            "zoom_in": QKeySequence.StandardKey.ZoomIn,
            "zoom_out": QKeySequence.StandardKey.ZoomOut,
            "zoom_full": "Ctrl+0",
        }
        for name, act in (view_actions | own).items():
            self._add(name, act, keys.get(name))
        board.selection.changed.connect(self.refresh)
        board.layout_changed.connect(self.refresh)
        self.refresh_icons()
        self.refresh()

    def refresh(self) -> None:
        """Enable what the selection allows."""
        selection = self._board.selection
        page_ids = selection.ids("page")
        one_page = len(page_ids) == 1
        any_element = bool(page_ids or selection.ids("transition") or selection.ids("section"))
        has_cards = bool(self._board.layout.cards)
        allowed = {
            "rename": one_page or len(selection.ids("section")) == 1,
            "connect": one_page,
            "test": one_page,
            "start": one_page and page_ids[0] != self._board.flow.site.start,
            "delete": any_element,
            "duplicate": bool(page_ids),
            "copy": bool(page_ids or selection.ids("section")),
            "cut": bool(page_ids or selection.ids("section")),
            "group": bool(page_ids),
            "zoom_selection": any_element,
            "fit": has_cards,
            "select_all": has_cards,
            "tidy": has_cards,
        }
        for name, is_allowed in allowed.items():
            self.actions[name].setEnabled(is_allowed)

    def refresh_icons(self) -> None:
        """Draw the icons in the colours of the palette."""
        for name, idea in _ICONS.items():
            self.actions[name].setIcon(icon(idea, self._widget.palette()))

    def menu(self) -> QMenu:
        """Return the context menu, which deletes itself when it closes."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _MENU:
            if name:
                menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        return menu

    def _add(self, name: str, act: Callable[[], object], keys: Keys) -> None:
        action = QAction(resources.text(f"canvas.command.{name}.title"), self)
        action.setToolTip(resources.text(f"canvas.command.{name}.help"))
        action.setObjectName(f"canvas.{name}")
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._widget.addAction(action)
        self.actions[name] = action

    def _rename(self) -> None:
        current = [element for element in self._board.selection.elements if element.kind in ("page", "section")]
        if current:
            self._board.rename_wanted.emit(current[-1])

    def _delete(self) -> None:
        elements = self._board.selection.elements
        count = len([element for element in elements if element.kind in ("page", "transition", "section")])
        kind = elements[0].kind if len(elements) == 1 else "several"
        self._board.edit(changes.remove(self._board.flow, elements), f"delete_{kind}", count=count)

    def _duplicate(self) -> None:
        self._board.make(changes.duplicate(self._board.flow, self._board.selection.ids("page")), "duplicate")

    def _copy(self) -> None:
        text = changes.copied(self._board.flow, self._board.selection.elements)
        QGuiApplication.clipboard().setText(text)

    def _cut(self) -> None:
        self._copy()
        self._board.edit(changes.remove(self._board.flow, self._board.selection.elements), "cut")

    def _paste(self) -> None:
        made = changes.paste(self._board.flow, QGuiApplication.clipboard().text())
        if made is not None:
            self._board.make(made, "paste")

    def _select_all(self) -> None:
        self._board.selection.select(*(Element("page", page) for page in self._board.layout.cards))

    def _group(self) -> None:
        self._board.make(changes.group(self._board.flow, self._board.selection.ids("page")), "group")

    def _start(self) -> None:
        self._board.edit(pages.set_start(self._board.flow, self._board.selection.ids("page")[0]), "start")

    def _test(self) -> None:
        self.test_requested.emit(self._board.selection.ids("page")[0])

    def _tidy(self) -> None:
        """Place the chosen pages, those of chosen sections included, or all; then show them whole."""
        board = self._board
        chosen = changes.chosen_pages(board.flow, board.selection.elements)
        some = chosen if 1 < len(chosen) < len(board.flow.pages) else None
        aspect = self._widget.width() / max(1, self._widget.height())
        places = tidied(board.flow, some, aspect=min(3.0, max(0.5, aspect)), layout=board.layout)
        board.edit(pages.move_pages(board.flow, places), "tidy")
        board.seen_wanted.emit(tuple(Element("page", page) for page in places))
