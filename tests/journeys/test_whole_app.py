"""Everything in North Bank looked at once, in light and dark: no warning, no exception, nothing changed by looking."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

import resources
from app.window.main_window import MainWindow
from flow_models.document import storage
from flow_models.document.elements import Element, ElementKind
from flow_models.document.flow import Flow


def elements(flow: Flow) -> list[Element]:
    """Return every third page, task, table, variable, section and so on, and parts of each kind."""
    blocks = {block.kind: block for page in flow.pages for block in page.blocks_by_id.values()}
    groups: tuple[tuple[ElementKind, tuple[object, ...]], ...] = (
        ("page", flow.pages),
        ("transition", flow.transitions[::3]),
        ("task", flow.tasks),
        ("table", flow.tables),
        ("variable", flow.variables),
        ("section", flow.sections),
        ("block", tuple(blocks.values())),
        ("column", tuple(table.columns[-1] for table in flow.tables)),
        ("parameter", tuple(task.parameters[0] for task in flow.tasks if task.parameters)),
    )
    return [
        Element("flow", flow.id),
        Element("site", "site"),
        *(Element(kind, str(getattr(part, "id", ""))) for kind, parts in groups for part in parts[::3]),
    ]


@pytest.mark.proof
@pytest.mark.timeout(240)
def test_everything_can_be_looked_at_in_light_and_dark(
    qtbot: QtBot, open_window: Callable[[Flow], MainWindow], caplog: pytest.LogCaptureFixture
) -> None:
    bank = storage.load(resources.path("examples", "north_bank.flow.json"))
    window = open_window(bank)
    window.add_late_panels()
    for mode, every in (("light", 2), ("dark", 6)):
        window._theme.set_mode(mode)
        for element in elements(bank)[::every]:
            window.selection.reveal(element)
            qtbot.wait(1)
            assert window.selection.current == element
    assert window.session.flow is bank
    assert [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []
