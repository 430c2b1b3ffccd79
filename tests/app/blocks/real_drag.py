"""Drags a block from the palette with a real pointer, by xdotool in a real window; run by `test_real_drag`.

Prints as JSON what stands on the first page before and after, and what Escape in the middle of a drag left.
"""

import json
import subprocess
import sys

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import resources
from app.blocks.palette import BlockPalette
from app.desktop.folders import settings_folder
from app.desktop.settings import Settings
from app.preview import host
from app.theme import Theme
from app.window.main_window import MainWindow
from flow_models.document import storage

PAUSE_MS = 150


def tool(*words: object) -> None:
    """Let xdotool do something, while the app's events go on."""
    subprocess.run(["xdotool", *map(str, words)], check=True)  # as the person's path has it


def do_later(steps: list[tuple[object, ...]]) -> None:
    """Do one step of xdotool after the other, also while a drag holds the program."""
    loop = QEventLoop()

    def go_on() -> None:
        if not steps:
            loop.quit()
            return
        tool(*steps.pop(0))
        QTimer.singleShot(PAUSE_MS, go_on)

    QTimer.singleShot(PAUSE_MS, go_on)
    loop.exec()


def drag(window: MainWindow, kind: str, target: QPoint, end: tuple[object, ...]) -> None:
    """Open the palette, press on a tile, move to a place of the screen, and end the drag."""
    QTest.keySequence(window, QKeySequence("Ctrl+B"))
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, BlockPalette)
    grid = palette.grid
    start = grid.viewport().mapToGlobal(grid.tile_of(kind).center())
    moves: list[tuple[object, ...]] = [("mousemove", start.x(), start.y()), ("mousedown", 1)]
    for share in (0.1, 0.3, 0.6, 0.9, 1.0, 1.0):
        point = start + (target - start) * share
        moves.append(("mousemove", point.x(), point.y()))
    do_later([*moves, end, ("mouseup", 1), ("mousemove", target.x(), target.y())])
    QTest.qWait(300)


def main() -> None:
    """Drag once to a card and once until Escape."""
    host.begin()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(sys.argv)
    flow = storage.load(resources.path("examples", "three_pages.flow.json"))
    settings = Settings(settings_folder())
    window = MainWindow(flow, Theme(application, settings), settings, tries_tasks=False)
    window.showMaximized()
    QTest.qWait(1500)
    page = flow.pages[0]
    card = window.canvas.scene.cards[page.id]
    inside = window.canvas.view.mapFromScene(card.pos() + QPointF(110.0, card.card.face.height - 4))
    target = window.canvas.view.viewport().mapToGlobal(inside)
    found = [[block.kind for block in page.blocks]]
    for end in (("mousemove", target.x() + 1, target.y()), ("key", "Escape")):
        drag(window, "divider", target, end)
        found.append([block.kind for block in window.session.flow.pages_by_id[page.id].blocks])
    print(json.dumps(found))
    window.session.undo_stack.setClean()
    window.close()


if __name__ == "__main__":
    main()
