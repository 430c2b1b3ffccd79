"""The preview with the real embedded browser: pictures, plays, edits while playing, the solution playing itself."""

import statistics
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.preview import host, wording
from app.preview.play import Edit
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event
from tests.app.preview.conftest import WAIT_MS, Bench

HEADING = Element("block", "b_books_head", "text")


def retitle(bench: Bench, words: str) -> None:
    bench.session.edit(with_value(bench.session.flow, HEADING, words), "Edit heading")


def test_the_start_page_is_shown_with_what_is_in_its_tables(bench: Bench) -> None:
    assert bench.snapshot.mode == "page"
    bench.reads("books can be borrowed today")
    assert bench.panel.address.address.text().startswith("https://")


def test_another_selected_page_is_shown_in_a_state_that_a_way_leads_to(bench: Bench) -> None:
    bench.selection.select(Element("page", "p_done"))
    bench.until(lambda: bench.snapshot.page == "p_done")
    bench.reads("Enjoy your book")
    assert bench.snapshot.origin.way
    assert "Borrow a book" in bench.panel.message.words


def crowded(flow: Flow) -> Flow:
    """Return a flow with 600 more pages."""
    more = tuple(
        flow.pages_by_id["p_books"].rebuilt(id=f"p_more{number}", path=f"/more{number}", blocks=())
        for number in range(600)
    )
    return flow.rebuilt(pages=(*flow.pages, *more))


def edit_to_picture_s(bench: Bench, page: Element, number: int) -> float:
    """Edit the title of the page that is shown, and return the seconds until its picture shows it."""
    began = time.perf_counter()
    # A picture of the flow before the edit may still be on its way.
    with bench.qtbot.waitSignal(bench.panel.pictured, timeout=WAIT_MS, check_params_cb=lambda _: is_new(bench)):
        bench.session.edit(with_value(bench.session.flow, page, f"Title {number}"), "Edit title")
    took_s = time.perf_counter() - began
    assert f"Title {number}" in str(bench.script("document.title"))
    return took_s


@pytest.mark.proof
def test_an_edit_reaches_the_picture_of_a_crowded_flow_nearly_as_soon_as_that_of_a_small_one(
    on_bench: Callable[[Flow], Bench], library: Flow
) -> None:
    page = Element("page", "p_book", "title")
    benches = [on_bench(library), on_bench(crowded(library))]
    for bench in benches:
        bench.selection.select(page)
        bench.until(lambda bench=bench: bench.snapshot.page == page.id)  # type: ignore[misc]
    took = [[edit_to_picture_s(bench, page, number) for bench in benches] for number in range(7)]
    small_s, crowded_s = (statistics.median(column) for column in zip(*took, strict=True))
    # 600 pages more, none of which is compiled for the picture of one.
    assert crowded_s < 4 * small_s


def is_new(bench: Bench) -> bool:
    """Say whether the flow that is shown is the one that is open."""
    return bench.snapshot.flow is bench.session.flow


def test_a_picture_cannot_be_used(bench: Bench) -> None:
    said: list[str] = []
    bench.panel.said.connect(said.append)
    serial, before = bench.snapshot.serial, bench.panel.message.words
    bench.click("table a")
    bench.until(lambda: bench.panel.message.words != before)
    assert said == [], "the window repeats what is read in the preview"
    assert bench.snapshot.serial == serial
    bench.reads("books can be borrowed today")


def test_a_broken_part_is_left_out_and_named(bench: Bench) -> None:
    retitle(bench, "{count(nothing)}")
    bench.until(lambda: bool(bench.snapshot.left_out))
    assert "Books" not in str(bench.script("document.querySelector('h1')?.innerText ?? ''"))
    assert "Left out" in bench.panel.message.words
    assert bench.panel.message.button.isVisible()


def test_test_from_here_is_used_by_clicking_in_the_page(bench: Bench) -> None:
    bench.panel.test_from("p_books")
    bench.until(lambda: bench.panel.is_playing)
    bench.click("table a")
    bench.until(lambda: bench.snapshot.page == "p_book")
    assert [wording.step_words(line, bench.snapshot.flow)[:4] for line in bench.snapshot.steps] == ["Star", "Used"]
    assert bench.snapshot.last_transition == "x_open"


def test_escape_ends_a_play_and_shows_the_selected_page(bench: Bench) -> None:
    bench.play("borrow-book")
    assert bench.panel.head.goal.text()
    QTest.keyClick(bench.panel.head.seed, Qt.Key.Key_Escape)
    bench.until(lambda: bench.snapshot.mode == "page")
    assert not bench.panel.head.goal.isVisible()


def test_what_is_typed_in_the_page_is_reported_as_one_step_per_field(
    on_bench: Callable[[Flow], Bench], bank: Flow
) -> None:
    bench = on_bench(bank)
    bench.panel.test_from("p_sign_in")
    bench.until(lambda: bench.panel.is_playing)
    bench.click("input")
    bench.type("amo")
    bench.until(lambda: bench.snapshot.at == 1)
    bench.type("ra")
    bench.until(lambda: "amora" in wording.step_words(bench.snapshot.steps[-1], bench.snapshot.flow))
    assert bench.snapshot.at == 1


def test_the_solution_plays_itself_to_success(bench: Bench) -> None:
    bench.play("borrow-book", 3)
    bench.panel.solution.set_speed(6)
    bench.panel.controls.actions["solution"].trigger()
    bench.until(lambda: bool(bench.snapshot.end_reason))
    assert bench.snapshot.end_reason == "success"
    assert bench.panel.message.property("tone") == "success"
    bench.reads("Enjoy your book")
    assert not bench.panel.solution.is_playing


def test_the_control_that_the_solution_uses_next_is_framed(bench: Bench) -> None:
    bench.play("borrow-book", 3)
    bench.panel.solution.set_speed(0)
    bench.panel.controls.actions["solution"].trigger()
    framed = "[...document.querySelectorAll('a')].filter((one) => one.style.outline).map((one) => one.innerText)"
    bench.qtbot.waitUntil(lambda: bool(bench.script(framed)), timeout=WAIT_MS)
    assert bench.script(framed) == [next(name for name in bench.panel_titles() if name in bench.snapshot.goal)]
    bench.panel.solution.forget()


def test_one_step_of_the_solution_at_a_time(bench: Bench) -> None:
    bench.play("borrow-book")
    for made in (1, 2):
        bench.panel.controls.actions["solution_step"].trigger()
        bench.until(lambda made=made: bench.snapshot.at == made)  # type: ignore[misc]
    assert not bench.panel.solution.is_playing


def test_another_instance_asks_for_something_else(bench: Bench) -> None:
    bench.play("borrow-book", 0)
    goal = bench.snapshot.goal
    bench.panel.head.seed.setValue(1)
    bench.until(lambda: bench.snapshot.origin.seed == 1)
    assert bench.snapshot.goal != goal


def test_one_goes_back_and_forward_and_branches(bench: Bench) -> None:
    bench.panel.test_from("p_books")
    bench.until(lambda: bench.panel.is_playing)
    bench.click("table a")
    bench.until(lambda: bench.snapshot.page == "p_book")
    bench.panel.controls.actions["back"].trigger()
    bench.until(lambda: bench.snapshot.at == 0)
    bench.reads("books can be borrowed today")
    bench.panel.controls.actions["forward"].trigger()
    bench.until(lambda: bench.snapshot.at == 1)
    bench.panel.jump(0)
    bench.until(lambda: bench.snapshot.at == 0)
    bench.do(Event("use", "b_nav_books"))
    assert [line.number for line in bench.snapshot.steps] == [0, 1]


def test_an_edit_while_playing_keeps_the_steps(bench: Bench) -> None:
    bench.panel.test_from("p_books")
    bench.until(lambda: bench.panel.is_playing)
    bench.click("table a")
    bench.until(lambda: bench.snapshot.page == "p_book")
    heading = Element("block", "b_book_head", "text")
    bench.session.edit(with_value(bench.session.flow, heading, "Now: {record.title}"), "Edit heading")
    bench.until(lambda: bench.snapshot.flow is bench.session.flow)
    assert bench.snapshot.at == 1
    bench.reads("Now: ")


def test_a_play_stops_in_words_at_the_first_step_that_no_longer_fits_and_undo_brings_it_back(bench: Bench) -> None:
    bench.play("borrow-book")
    start = bench.snapshot.steps[0].page
    bench.click("table a")
    bench.until(lambda: bench.snapshot.page == "p_book")
    columns = Element("block", "b_books", "columns")
    bench.session.edit(with_value(bench.session.flow, columns, ()), "Remove columns")
    bench.until(lambda: bench.snapshot.stop is not None)
    assert bench.snapshot.page == start
    assert "step 1" in bench.panel.message.words
    bench.session.undo()
    bench.until(lambda: bench.snapshot.stop is None)
    assert bench.snapshot.page == "p_book"


def test_changed_data_holds_for_the_picture_and_for_the_test_from_it(bench: Bench) -> None:
    key = bench.snapshot.data.tables[0].rows[0].key
    bench.panel.edit_data(Edit(cells=(("books", key, "title", "A Book of Mine"),)))
    bench.until(lambda: "A Book of Mine" in bench.panel_titles())
    bench.reads("A Book of Mine")
    bench.panel.test_from("p_books")
    bench.until(lambda: bench.panel.is_playing)
    bench.reads("A Book of Mine")


def test_escape_in_the_page_itself_ends_the_play(bench: Bench) -> None:
    bench.play("borrow-book")
    browser = bench.panel.browser
    assert browser is not None
    target = browser.view.focusProxy()
    assert target is not None
    QTest.keyClick(target, Qt.Key.Key_Escape)
    bench.until(lambda: bench.snapshot.mode == "page")


def test_the_page_cannot_lead_anywhere_else(bench: Bench) -> None:
    bench.script("(location.href = 'http://127.0.0.1:9/', 1)")
    bench.script("(window.open('http://127.0.0.1:9/'), 1)")
    retitle(bench, "Still here")
    bench.reads("Still here")
    assert str(bench.script("location.host")).endswith(f".localhost:{host.server().port}")


def test_a_question_is_answered_beside_the_page(on_bench: Callable[[Flow], Bench], bank: Flow) -> None:
    bench = on_bench(bank)
    bench.play("compare-balances")
    QTest.keyClicks(bench.panel.answer.line, "0.01")
    QTest.keyClick(bench.panel.answer.line, Qt.Key.Key_Return)
    bench.until(lambda: bench.snapshot.end_reason == "answered_wrong")
    assert bench.panel.message.property("tone") == "error"
    assert not bench.panel.answer.isEnabled()


@pytest.mark.proof
def test_reporting_is_right_exactly_where_the_task_cannot_be_done(
    on_bench: Callable[[Flow], Bench], bank: Flow
) -> None:
    task = next(one for one in bank.tasks if one.may_be_infeasible)
    bench = on_bench(bank)
    seen = set()
    for seed in range(12):
        bench.panel.play_task(task.name, seed)
        bench.until(lambda seed=seed: bench.panel.is_playing and bench.snapshot.origin.seed == seed)  # type: ignore[misc]
        QTest.mouseClick(bench.panel.answer.report, Qt.MouseButton.LeftButton)
        bench.until(lambda: bool(bench.snapshot.end_reason))
        seen.add(bench.snapshot.end_reason)
    assert seen == {"success", "infeasible_reported"}


def test_a_flow_without_pages_says_how_to_begin(on_bench: Callable[[Flow], Bench], library: Flow) -> None:
    bench = on_bench(library)
    empty = library.rebuilt(
        pages=(), sections=(), transitions=(), tasks=(), site=library.site.rebuilt(start=None, not_found=None)
    )
    bench.session.edit(empty, "Remove everything")
    assert bench.panel.stage.hint.isVisible()
    assert "no pages" in bench.panel.stage.hint.text()
    bench.session.undo()
    bench.reads("books can be borrowed today")


def test_another_document_ends_the_play(bench: Bench, bank: Flow) -> None:
    bench.play("borrow-book")
    bench.session.new_from(bank)
    bench.until(lambda: bench.snapshot.mode == "page" and bench.snapshot.flow.id == bank.id)
    bench.reads("North Bank")
