"""Everything that can be commanded on the canvas, as actions for menus, tool bar, context menu and shortcuts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPalette
from PySide6.QtWidgets import QMenu, QWidget

import resources
from app.canvas import changes, keys, naming
from app.canvas.board import Board, Wish
from app.canvas.following import Following
from app.canvas.tidying import Tidying
from app.theme import icon
from flow_models.document.edits import pages
from flow_models.document.elements import Element

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
            widget: Where the shortcuts work, while it has the keyboard itself.
        """
        super().__init__(widget)
        self._board = board
        self._widget = widget
        self.actions: dict[str, QAction] = {}
        following = Following(board)
        self.tidying = Tidying(board, widget)
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
            "tidy": self.tidying.begin,
            "follow": following.follow,
            "back": following.back,
            "next_arrow": lambda: following.step(1),
            "previous_arrow": lambda: following.step(-1),
        }
        for name, act in (view_actions | own).items():
            self._add(name, act)
        board.selection.changed.connect(self.refresh)
        board.layout_changed.connect(self.refresh)
        self.refresh_icons(widget.palette())
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
            "follow": any_element,
            "back": any_element,
            "next_arrow": any_element,
            "previous_arrow": any_element,
            "fit": has_cards,
            "select_all": has_cards,
            "tidy": has_cards,
        }
        for name, is_allowed in allowed.items():
            self.actions[name].setEnabled(is_allowed)

    def refresh_icons(self, palette: QPalette) -> None:
        """Draw the icons in the colours of a palette."""
        for name, idea in _ICONS.items():
            self.actions[name].setIcon(icon(idea, palette))

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

    def _add(self, name: str, act: Callable[[], object]) -> None:
        action = QAction(resources.text(f"canvas.command.{name}.title"), self)
        action.setToolTip(resources.text(f"canvas.command.{name}.help"))
        action.setObjectName(f"canvas.{name}")
        short = f"canvas.command.{name}.short"
        if short in resources.catalogue():
            action.setIconText(resources.text(short))
        if name in keys.COMMANDS:
            action.setShortcut(QKeySequence(keys.COMMANDS[name]))
            # Not where a form, a title or a button has the keyboard: what is typed there is meant for it.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self._widget.addAction(action)
        self.actions[name] = action

    def _rename(self) -> None:
        current = [element for element in self._board.selection.elements if element.kind in ("page", "section")]
        if current:
            self._board.rename_wanted.emit(current[-1])

    def _delete(self) -> None:
        self._remove(naming.delete_label(self._board.flow, self._board.selection.elements))

    def _remove(self, label: str) -> None:
        elements = self._board.selection.elements
        self._board.session.edit(changes.remove(self._board.flow, elements), label)
        # In a list the next one is selected. On a plane nothing is next: a second press would take a page by surprise.
        self._board.selection.clear()

    def _duplicate(self) -> None:
        board, chosen = self._board, self._board.selection.ids("page")
        made = changes.duplicate(board.flow, board.layout, chosen)
        board.make(made, naming.labelled("duplicate", naming.page_names(board.flow, chosen)))

    def _copy(self) -> None:
        text = changes.copied(self._board.flow, self._board.selection.elements)
        QGuiApplication.clipboard().setText(text)

    def _cut(self) -> None:
        self._copy()
        self._remove(naming.labelled("cut", naming.names(self._board.flow, self._board.selection.elements)))

    def _paste(self) -> None:
        board = self._board
        made = changes.paste(board.flow, board.layout, QGuiApplication.clipboard().text(), board.selection.elements)
        if made is not None and made.elements:
            board.make(made, naming.labelled("paste", naming.names(made.flow, made.elements)))

    def _select_all(self) -> None:
        self._board.keeps_view = True
        self._board.selection.select(*(Element("page", page) for page in self._board.layout.cards))
        self._board.keeps_view = False

    def _group(self) -> None:
        board, chosen = self._board, self._board.selection.ids("page")
        made = changes.group(board.flow, board.layout, chosen)
        board.make(made, naming.labelled("group", naming.page_names(board.flow, chosen)))

    def _start(self) -> None:
        flow, page = self._board.flow, self._board.selection.ids("page")[0]
        self._board.session.edit(pages.set_start(flow, page), naming.labelled("start", naming.page_names(flow, [page])))

    def _test(self) -> None:
        self.test_requested.emit(self._board.selection.ids("page")[0])
