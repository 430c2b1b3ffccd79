"""The form under the hand: what checks find, and when, moves nothing; what is said has a place of its own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

import resources
from app.inspector.panel import SETTLING_MS, InspectorPanel
from flow_models.checks.problem import Fix, Problem, Severity
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from tests.app.inspector.conftest import BANK

ZOO = storage.load(resources.path("examples", "block_zoo.flow.json"))


def elements_of(flow: Flow) -> Iterator[Element]:
    """Yield everything that has a form of its own."""
    yield from (Element("flow", flow.id), Element("site", "site"))
    for kind, parts in (
        ("section", flow.sections),
        ("page", flow.pages),
        ("transition", flow.transitions),
        ("table", flow.tables),
        ("variable", flow.variables),
        ("task", flow.tasks),
    ):
        yield from (Element(kind, part.id) for part in parts)  # type: ignore[arg-type]  # kinds by name
    yield from (Element("block", block) for block in flow.owners_by_block)


def places(panel: InspectorPanel) -> dict[QWidget, QRect]:
    """Return where on the screen everything stands that can be clicked or read."""
    shown = [widget for widget in panel.findChildren(QWidget) if widget.isVisible() and widget is not None]
    return {widget: QRect(widget.mapToGlobal(QPoint()), widget.size()) for widget in shown}


def settled(panel: InspectorPanel) -> dict[QWidget, QRect]:
    """Return where everything stands once the lines of a new form have found their breaks."""
    QTest.qWait(2 * max(SETTLING_MS))
    return places(panel)


def about(element: Element, severity: Severity = "warning") -> Problem:
    words = "Something that takes many words to say, and then some more, on more lines than one or two"
    return Problem("test", severity, "shell.refused", (("reason", words),), (element,), Fix("shell.app", (), same))


def same(flow: Flow) -> Flow:
    return flow


@pytest.mark.parametrize("flow", [BANK, ZOO], ids=["bank", "zoo"])
def test_checks_that_finish_move_nothing_in_any_form(panel: InspectorPanel, flow: Flow) -> None:
    session = panel.shared.session
    session.new_from(flow)
    panel.resize(360, 560)
    moved = []
    for element in elements_of(flow):
        session.show_problems(())
        panel.shared.selection.select(element)
        before = settled(panel)
        session.show_problems([about(element, "error"), *(about(row.row.at) for row in panel.rows())])
        QTest.qWait(0)
        after = places(panel)
        moved += [(element, widget) for widget, place in before.items() if after.get(widget, place) != place]
    assert moved == []
