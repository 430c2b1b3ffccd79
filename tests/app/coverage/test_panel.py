"""The coverage panel: what it measures, how it leads to what is missing, and that nothing of another flow stays."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

import resources
from app.coverage import panel as module
from app.coverage.panel import COVERING, WORDS, CoveragePanel
from app.document.selection import Selection
from app.document.session import DocumentSession
from flow_models.checks.covering import cover
from flow_models.document import storage
from flow_models.processes.jobs import named
from tests.flow_models.builders import page, words

SECONDS_MS = 60_000
LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[CoveragePanel]:
    session = DocumentSession(
        LIBRARY.rebuilt(pages=(*LIBRARY.pages, page("lost", words("w_lost", "Nobody comes here."))))
    )
    shown = CoveragePanel(session, Selection(session))
    session.setParent(shown)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.shut_down()


def said(panel: CoveragePanel) -> str:
    return panel.state.toolTip() or panel.state.text()


def test_a_measured_flow_has_a_number_for_each_page_and_a_list_that_leads_to_what_is_missing(
    panel: CoveragePanel, qtbot: QtBot
) -> None:
    told: list[dict[str, str]] = []
    panel.measured.connect(told.append)
    panel.button.click()
    assert panel.button.text() == "Stop"
    with qtbot.waitSignal(panel.said, timeout=SECONDS_MS):
        pass
    flow = panel._session.flow
    assert told[-1].keys() == {page.id for page in flow.pages}
    assert all(share.removesuffix(" %").isdigit() for share in told[-1].values())
    assert panel.button.text() == "Measure"
    kinds: list[str] = []
    panel._selection.revealed.connect(lambda element: kinds.append(element.kind))
    assert panel.missing.item(0, WORDS).text() == "was not shown"
    panel.list.activated.emit(panel.missing.index(0, WORDS))
    assert kinds == ["page"]
    assert told[-1]["lost"] == "0 %"
    panel._session.edit(flow.rebuilt(title="Another"), "Retitle")
    assert (told[-1], panel.missing.rowCount()) == ({}, 0)
    assert "changed since" in said(panel)


def test_measuring_can_be_stopped_and_ends_with_an_edit(
    panel: CoveragePanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COVERING", "tests.flow_models.processes.errands:endless")
    panel.toggle()
    panel.toggle()
    qtbot.waitUntil(lambda: not panel.is_measuring, timeout=SECONDS_MS)
    assert "Stopped" in said(panel)
    panel.toggle()
    panel._session.edit(panel._session.flow.rebuilt(title="Another"), "Retitle")
    assert not panel.is_measuring
    assert "changed since" in said(panel)


def test_a_flow_with_mistakes_says_so(panel: CoveragePanel, qtbot: QtBot) -> None:
    flow = panel._session.flow
    broken = flow.rebuilt(transitions=tuple(one.rebuilt(when="nothing +") for one in flow.transitions))
    panel._session.edit(broken, "Break")
    panel.toggle()
    qtbot.waitUntil(lambda: not panel.is_measuring, timeout=SECONDS_MS)
    assert "has mistakes" in said(panel)


def test_all_of_it_is_said_only_where_nothing_is_missing() -> None:
    assert [module._in_words(share) for share in (1.0, 0.999, 0.5)] == ["100 %", "99 %", "50 %"]


def test_the_job_is_found_by_its_name() -> None:
    assert named(COVERING) is cover
