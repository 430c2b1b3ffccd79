"""Connects what has to do with playing: the preview, its data and log, and the canvas that lights up."""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.canvas.view import CanvasPanel
from app.preview import wording
from app.preview.contact_sheet import SheetPanel
from app.preview.data import DataPanel
from app.preview.panel import PreviewPanel
from app.preview.snapshot import Snapshot
from app.preview.steps import StepsPanel
from app.problems.panel import ProblemsPanel
from app.window.docks import Docks

WORKSPACE = "play"


def connect_play(panels: Mapping[str, QWidget], canvas: CanvasPanel, docks: Docks) -> None:
    """Connect the panels of the preview with each other, with the canvas, and with their docks."""
    preview, data, steps = panels["preview"], panels["data"], panels["log"]
    if not (isinstance(preview, PreviewPanel) and isinstance(data, DataPanel) and isinstance(steps, StepsPanel)):
        raise TypeError("the preview's panels have other names")
    _connect_sheet(preview, panels["sheet"], docks)
    _connect_walks(preview, panels["problems"])
    canvas.test_requested.connect(preview.test_from)
    preview.snapshot_changed.connect(data.show_snapshot)
    preview.snapshot_changed.connect(steps.show_snapshot)
    data.edited.connect(preview.edit_data)
    data.reset_wanted.connect(preview.backstage.reset_data)
    steps.jump_wanted.connect(preview.jump)
    preview.address.large_wanted.connect(lambda: docks.toggle_large("preview"))
    docks.large_changed.connect(lambda is_large: preview.address.large.setChecked(is_large))
    # Two actions with one key would both do nothing.
    docks.large_changed.connect(lambda is_large: preview.escape.setEnabled(not is_large))
    PlayLight(preview, canvas, docks)


def _connect_sheet(preview: PreviewPanel, sheet: QWidget, docks: Docks) -> None:
    """Let the contact sheet show the page of the preview, and lead to the preview in a variant."""
    if not isinstance(sheet, SheetPanel):
        raise TypeError("the contact sheet has another name")
    sheet.showing_wanted.connect(lambda: preview.lend(sheet))
    preview.lent.connect(lambda borrower, showing: sheet.show_page(showing) if borrower is sheet else None)
    preview.page_changed.connect(sheet.note_change)
    sheet.variant_chosen.connect(preview.show_variant)
    sheet.variant_chosen.connect(lambda _variant: docks.bring("preview"))


def _connect_walks(preview: PreviewPanel, problems: QWidget) -> None:
    """Let the preview play what shows a problem."""
    if not isinstance(problems, ProblemsPanel):
        raise TypeError("the problems panel has another name")
    problems.strip.wanted.connect(preview.play_walk)


class PlayLight(QObject):
    """Lights the canvas while a play is on, and goes to the workspace of playing as long as it lasts."""

    def __init__(self, preview: PreviewPanel, canvas: CanvasPanel, docks: Docks) -> None:
        super().__init__(preview)
        self._canvas = canvas
        self._docks = docks
        self._is_on = False
        preview.wants_to_be_seen.connect(self._come_again)
        preview.snapshot_changed.connect(self._light)

    def _light(self, snapshot: Snapshot) -> None:
        is_play = snapshot.mode == "play"
        if is_play != self._is_on:
            self._is_on = is_play
            if is_play:
                self._make_room()
            else:
                self._docks.leave(WORKSPACE)
        if is_play:
            possible = wording.possible_words(snapshot)
            self._canvas.show_play(snapshot.page or None, possible, snapshot.last_transition)
        else:
            self._canvas.show_play(None)

    def _come_again(self) -> None:
        """Show the page when another play begins while one is on; the first one makes room once it has begun."""
        if self._is_on:
            self._docks.bring("preview")

    def _make_room(self) -> None:
        """Bring the panels of the play to the front, unless a page that fills the window is played there."""
        if not self._docks.is_large:
            self._docks.visit(WORKSPACE)
            self._docks.bring("preview")
