"""The Help menu's windows: all actions with their keys, and what this program is."""

from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QMainWindow,
    QMenu,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

import resources
from app.canvas import keys as canvas_keys
from app.desktop.folders import log_folder
from app.widgets.bars import BarArea
from app.widgets.screen import resize_within
from app.window.menus import actions_in
from app.words.menus import unmarked

COMMON: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "next": ("Tab", "Shift+Tab"),
        "press": ("Return", "Space"),
        "open_list": ("Return", "Space", "Alt+Down"),
        "leave": ("Esc",),
        "unfold": ("Right", "Left"),
        "shift": ("Alt+Up", "Alt+Down"),
        "inward": ("Alt+Right", "Alt+Left"),
        "duplicate": ("Ctrl+D",),
        "remove": ("Del",),
        "complete": ("Ctrl+Space",),
        "edit_cell": ("F2", "Return"),
        "menus": ("Alt",),
    }
)
"""The keys of lists, forms and tables, by what they do; `shell.shortcuts.NAME` says it."""


def show_about(window: QMainWindow) -> None:
    """Say what this program is and which version runs."""
    box = QMessageBox(window)
    box.setWindowTitle(resources.text("shell.about.title"))
    box.setText(resources.text("shell.about.text", version=metadata.version("gymwright")))
    box.addButton(resources.text("shell.word.close"), QMessageBox.ButtonRole.AcceptRole)
    box.finished.connect(box.deleteLater)
    box.open()


def open_log(bars: BarArea) -> None:
    """Show the folder of the log in the system's own way, and say where it is: not every system has one."""
    folder = log_folder()
    copy = (resources.text("shell.bar.copy_path"), lambda: QGuiApplication.clipboard().setText(str(folder)))
    bars.tell("log", "info", resources.text("shell.bar.log", folder=folder), [copy])
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_shortcuts(window: QMainWindow) -> None:
    """List every action of the menus with its keys."""
    dialog = QDialog(window)
    dialog.setObjectName("shortcuts")
    dialog.setWindowTitle(resources.text("shell.shortcuts.title"))
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setAlternatingRowColors(True)
    tree.setHeaderLabels([resources.text("shell.shortcuts.action"), resources.text("shell.shortcuts.keys")])
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.setAccessibleName(resources.text("shell.shortcuts.title"))
    for top in window.menuBar().actions():
        menu = top.menu()
        if isinstance(menu, QMenu) and top.isVisible():
            _list(
                tree, unmarked(top.text()), [(unmarked(action.text()), keys_of(action)) for action in actions_in(menu)]
            )
    _list(tree, resources.text("canvas.keys.title"), canvas_keys.listed())
    _list(tree, resources.text("shell.shortcuts.forms"), listed())
    tree.expandAll()
    buttons = QDialogButtonBox()
    buttons.addButton(resources.text("shell.word.close"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.addWidget(tree)
    layout.addWidget(buttons)
    resize_within(dialog, QSize(520, 640))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def listed() -> list[tuple[str, str]]:
    """Return the keys of what all panels have in common, with what they do."""
    return [(resources.text(f"shell.shortcuts.{name}"), _native(keys)) for name, keys in COMMON.items()]


def _list(tree: QTreeWidget, title: str, lines: Iterable[tuple[str, str]]) -> None:
    """Add a group of lines, each an action with its keys."""
    group = QTreeWidgetItem(tree, [title])
    group.setFirstColumnSpanned(True)
    font = group.font(0)
    font.setBold(True)
    group.setFont(0, font)
    for words, keys in lines:
        QTreeWidgetItem(group, [words, keys])


def keys_of(action: QAction) -> str:
    """Return an action's keys as people read them."""
    return _native(action.shortcuts())


def _native(keys: Iterable[QKeySequence | str]) -> str:
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
