"""Files that an earlier Gymwright wrote open for ever: one kept file of each format, written by the program of its day.

Never write these files anew. A format that changes gets one more kept file, and a way up from the older ones.
"""

import json
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.folders import settings_folder
from app.desktop.settings import Settings
from app.document.recovery import left_behind
from app.theme import Theme
from app.window.main_window import MainWindow
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.rooms import walk
from flow_models.runtime.machine.base.kinds import KINDS

KEPT = Path(__file__).resolve().parents[1] / "kept"


def test_a_flow_of_format_1_opens_compiles_and_still_uses_every_kind_of_block_of_its_day() -> None:
    flow = storage.load(KEPT / "flow_1.flow.json")
    shared = [block for section in flow.sections for block in (*section.header, *section.footer)]
    used = {block.kind for block in walk((*(block for page in flow.pages for block in page.blocks), *shared))}
    assert len(used) == 30
    assert used <= set(KINDS)
    assert not compile_flow(flow).left_out
    assert storage.loads(storage.dumps(flow)) == flow


def test_a_journal_of_format_1_gives_its_last_edit_back(tmp_path: Path) -> None:
    shutil.copy(KEPT / "journal_1.jsonl", tmp_path / "20260101-120000-00000000.jsonl")
    (recovery,) = left_behind(tmp_path)
    flow = recovery.flow()
    assert (flow.title, flow.description) == ("Library", "Books to lend.")
    assert "t_more" in flow.tables_by_id
    assert recovery.edits == 5


def test_settings_of_before_are_taken_over(qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(KEPT / "settings_1.json", settings_folder() / "settings.json")
    theme = Theme(qapp, Settings(settings_folder()))  # type: ignore[arg-type]
    assert theme.mode == json.loads((KEPT / "settings_1.json").read_text(encoding="utf-8"))["theme"]
    window = MainWindow(storage.load(KEPT / "flow_1.flow.json"), theme, tries_tasks=False)
    theme.setParent(window)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isVisible)
    # Qt takes a size over only from a screen of about the same width.
    qtbot.waitUntil(lambda: window.screen().availableGeometry().contains(window.frameGeometry()))
    # Workspaces have taken the place of the one layout of that day: they begin as they are at first.
    assert window.docks.workspace == "draw"
    assert window.docks.by_name["outline"].isVisible()
