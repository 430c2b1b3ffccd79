"""Variants in the preview: shuffled, kept through restarts, in twelve pictures, and side by side in step."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import resources
from app.preview.contact_sheet import COUNT, HELD_OUT, SheetPanel, wrapped
from app.preview.together import Together
from app.words.variants import described
from flow_models.document.edits.parts import with_value
from flow_models.document.edits.variation import switch_axis
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.document.variation import AXES
from flow_models.runtime.machine import Event
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from tests.app.preview.conftest import WAIT_MS, Bench

CONSOLE = Variant(1, look="console", navigation="menu")


def plain(flow: Flow) -> Flow:
    """Return a flow in which nothing may vary."""
    for axis in AXES:
        flow = switch_axis(flow, axis, False)
    return flow


def test_shuffle_shows_another_variant_and_says_which(bench: Bench) -> None:
    bench.panel.controls.actions["shuffle"].trigger()
    bench.until(lambda: bench.snapshot.origin.variant != PLAIN)
    variant = bench.snapshot.origin.variant
    assert described(variant, bench.snapshot.looks) in bench.panel.message.words
    bench.panel.controls.actions["as_drawn"].trigger()
    bench.until(lambda: bench.snapshot.origin.variant == PLAIN)
    assert "Variant" not in bench.panel.message.words


def test_a_look_reaches_the_page(bench: Bench) -> None:
    brand = "getComputedStyle(document.documentElement).getPropertyValue('--brand')"
    before = bench.script(brand)
    bench.panel.show_variant(CONSOLE)
    bench.until(lambda: bench.snapshot.origin.variant == CONSOLE)
    assert bench.script(brand) not in ("", before)


def test_the_variant_survives_steps_and_a_restart(bench: Bench) -> None:
    bench.play(bench.session.flow.tasks[0].name)
    bench.do(Event("noop"))
    bench.panel.show_variant(CONSOLE)
    bench.until(lambda: bench.snapshot.origin.variant == CONSOLE)
    assert (bench.snapshot.at, bench.snapshot.mode) == (1, "play")
    bench.panel.controls.actions["restart"].trigger()
    bench.until(lambda: bench.snapshot.at == 0)
    assert bench.snapshot.origin.variant == CONSOLE
    bench.panel.play_task(bench.session.flow.tasks[0].name, 1)
    bench.until(lambda: bench.snapshot.origin.seed == 1)
    assert bench.snapshot.origin.variant == CONSOLE


def test_a_flow_in_which_nothing_varies_says_so(on_bench: Callable[[Flow], Bench], library: Flow) -> None:
    bench = on_bench(plain(library))
    before = bench.panel.message.words
    bench.panel.controls.actions["shuffle"].trigger()
    bench.until(lambda: bench.panel.message.words != before)
    assert bench.snapshot.origin.variant == PLAIN


@pytest.fixture
def sheet(qtbot: QtBot, bench: Bench) -> Iterator[SheetPanel]:
    """A contact sheet beside a preview, connected as in the window."""
    made = SheetPanel(bench.session, bench.selection)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.showing_wanted.connect(lambda: bench.panel.lend(made))
    bench.panel.lent.connect(lambda borrower, showing: made.show_page(showing) if borrower is made else None)
    made.show()
    yield made
    made.shut_down()


def is_done(sheet: SheetPanel) -> bool:
    return all(card.has_picture for card in sheet.cards)


def test_twelve_variants_are_pictured_of_which_some_are_for_tests(sheet: SheetPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_done(sheet), timeout=WAIT_MS)
    assert len({card.variant for card in sheet.cards}) == COUNT
    assert [card.is_held_out for card in sheet.cards].count(True) == HELD_OUT
    assert len({card.variant.look for card in sheet.cards}) == COUNT
    pictures = [card.picture.toImage() for card in sheet.cards]
    assert all(one != other for number, one in enumerate(pictures) for other in pictures[:number])


@pytest.mark.proof
def test_a_picture_leads_to_its_variant(sheet: SheetPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_done(sheet), timeout=WAIT_MS)
    with qtbot.waitSignal(sheet.variant_chosen) as chosen:
        QTest.mouseClick(sheet.cards[2], Qt.MouseButton.LeftButton)
    assert chosen.args == [sheet.cards[2].variant]


@pytest.mark.proof
def test_the_sheet_follows_the_flow(sheet: SheetPanel, bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: is_done(sheet), timeout=WAIT_MS)
    title = Element("page", bench.session.flow.site.start or "", "title")
    bench.session.edit(with_value(bench.session.flow, title, "Shelves"), "Edit title")
    qtbot.waitUntil(lambda: "Shelves" in sheet.title.text(), timeout=WAIT_MS)
    bench.session.edit(plain(bench.session.flow), "Switch off")
    qtbot.waitUntil(lambda: not sheet.more.isEnabled(), timeout=WAIT_MS)


def test_captions_break_behind_commas(bench: Bench) -> None:
    metrics = bench.panel.fontMetrics()
    # Widths of text are fractions in some fonts, and Qt rounds them.
    width = metrics.horizontalAdvance("Harbour, cards,") + 1
    assert wrapped("Harbour, cards, one column", metrics, width)[0] == "Harbour, cards,"
    assert wrapped("Harbour", metrics, width) == ["Harbour"]


@pytest.fixture
def together(bench: Bench) -> Together:
    """Two variants side by side."""
    bench.panel.show_variant(CONSOLE)
    bench.until(lambda: bench.snapshot.origin.variant == CONSOLE)
    bench.panel.compare()
    made = bench.panel.together
    assert made is not None
    bench.qtbot.waitUntil(lambda: are_loaded(made), timeout=WAIT_MS)
    return made


def are_loaded(together: Together) -> bool:
    return all(side.play is not None and not side.browser.is_loading for side in together.sides)


def test_a_click_on_one_side_is_done_on_the_other(together: Together, bench: Bench) -> None:
    left, right = together.sides
    assert (left.variant, right.variant) == (PLAIN, CONSOLE)
    assert left.play is not None
    assert right.play is not None
    place = middle_of(bench, together, "main a, main button")
    target = left.browser.view.focusProxy()
    assert target is not None
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
    bench.qtbot.waitUntil(lambda: right.play is not None and len(right.play.moments) > 1, timeout=WAIT_MS)
    assert left.play.state.page == right.play.state.page
    assert together.verdict.property("tone") == "success"
    bench.qtbot.waitUntil(lambda: are_loaded(together), timeout=WAIT_MS)


def test_what_only_one_side_can_do_is_said(together: Together, qtbot: QtBot) -> None:
    left, right = together.sides
    left.stepped.emit(Event("use", "b_nowhere"))
    words = resources.text("variation.together.behind_0")
    qtbot.waitUntil(lambda: together.verdict.label.text() == words, timeout=WAIT_MS)
    assert left.play is not None
    assert right.play is not None
    assert right.play.state.page == left.play.state.page


def middle_of(bench: Bench, together: Together, selector: str) -> QPoint:
    """Return where the middle of an element is in the left view, once the page is painted."""
    browser = together.sides[0].browser
    source = f"(() => {{ const r = document.querySelector('{selector}').getBoundingClientRect();"
    source += " return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]); })()"

    def asked(script: str) -> str:
        with bench.qtbot.waitCallback(timeout=WAIT_MS) as answered:
            browser.page.runJavaScript(script, 0, answered)
        return str(answered.args[0])

    painted = "String(performance.getEntriesByType('paint').length)"
    bench.qtbot.waitUntil(lambda: asked(painted) not in ("0", ""), timeout=WAIT_MS)
    x, y = (float(part) for part in asked(source).strip("[]").split(","))
    zoom = browser.view.zoomFactor()
    return QPoint(round(x * zoom), round(y * zoom))
