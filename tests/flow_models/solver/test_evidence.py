"""Questions are answered, and values typed, only after a page has told them."""

from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.evidence import Evidence
from flow_models.solver.outline import Outline
from flow_models.solver.solving import Solver
from tests.flow_models import builders as make
from tests.flow_models.solver.sites import added, machine_of


@cache
def _bank() -> Solver:
    return Solver(Machine(compile_flow(storage.load(resources.path("examples", "north_bank.flow.json"))).program))


def _pages(solver: Solver, task: str, seed: int) -> list[str]:
    """Return the pages that a solution passes, the first one included."""
    start = solver.machine.draw(task, seed)
    state = start.state
    passed = [state.top.page]
    for event in solver.solve(start).events:
        state = solver.machine.step(start, state, event).state
        passed.append(state.top.page)
    return passed


def _asking(*, is_shown: bool) -> Flow:
    """Return a site with prices on its second page, if they are shown, and the question how much they are together."""
    prices = (make.rows_of("prices", "items", "{price}"),) if is_shown else ()
    return make.flow(
        make.page("home", make.link("go")),
        make.page("list", *prices),
        make.table("items", "price:money", rows=(("2.00",), ("3.50",))),
        make.arrow("home", "list", use="go"),
        make.task("sum", "How much is it all?", answer="sum(items, price)"),
    )


def test_a_question_is_answered_on_the_page_that_shows_what_it_asks() -> None:
    machine = machine_of(_asking(is_shown=True))
    events = Solver(machine).solve(machine.draw("sum", 0)).events
    assert [(event.kind, event.block or event.value) for event in events] == [("use", "go"), ("message", "$5.50")]


def test_a_question_whose_data_no_page_shows_is_possible_but_told_nowhere() -> None:
    machine = machine_of(_asking(is_shown=False))
    solution = Solver(machine).solve(machine.draw("sum", 0))
    assert (solution.status, [event.kind for event in solution.events]) == ("untold", ["message"])


def test_an_amount_is_read_in_the_message_before_it_is_typed() -> None:
    pages = _pages(_bank(), "pay-request", 1)
    assert "p_message" in pages[: pages.index("p_send")]


def test_the_bank_answers_what_was_spent_after_the_list_of_transactions() -> None:
    assert _pages(_bank(), "spent-at-merchant", 2)[-2] == "p_transactions"


def test_what_the_goal_says_itself_needs_no_page() -> None:
    machine = _bank().machine
    assert Evidence(machine, machine.draw("pay-payee", 0), Outline(machine.program)).everything == 0


def _library(wording: str, **wanted: str) -> Flow:
    """Return a site that lends books, with wishes that no page lists; a task asks for the book behind one of them."""
    return make.flow(
        make.page("home", make.rows_of("shelf", "books", "{label}", row_controls=(make.button("open"),))),
        make.page(
            "book", make.heading("h", "{record.label}"), make.button("lend"), record="books", path="/b/{record.label}"
        ),
        make.table("writers", "name:text", rows=(("Ann",), ("Bo",))),
        make.table("books", "label:text", "by:row:writers", rows=(("Ash", "writers_1"), ("Birch", "writers_2"))),
        make.table("wishes", "book:row:books", rows=(("books_2",),)),
        make.table("loans", "book:row:books", "by:row:writers"),
        make.arrow("home", "book", use="open"),
        make.arrow("book", "home", use="lend", do=(make.adds("loans", book="record", by="record.by"),)),
        make.task(
            "lend",
            wording,
            parameters=(make.parameter("wish", "row:wishes"),),
            expect=(added("loans", wanted),),
        ),
    )


@pytest.mark.parametrize(
    ("wording", "wanted"),
    [
        ("Lend {task.wish.book.label}.", {"book": "task.wish.book"}),
        ("Lend what {task.wish.book.by.name} wrote.", {"book": "task.wish.book"}),
        ("Lend what {task.wish.book.by.name} wrote.", {"by": "task.wish.book.by"}),
    ],
)
def test_a_row_behind_another_one_need_not_be_seen_if_the_goal_names_it(wording: str, wanted: dict[str, str]) -> None:
    machine = machine_of(_library(wording, **wanted))
    start = machine.draw("lend", 0)
    assert [event.row or event.block for event in Solver(machine).solve(start).events] == ["books_2", "lend"]


def test_a_row_of_which_the_goal_says_nothing_is_told_nowhere_but_not_impossible() -> None:
    machine = machine_of(_library("Lend the wished book.", book="task.wish.book"))
    solution = Solver(machine).solve(machine.draw("lend", 0))
    assert (solution.status, len(solution.events)) == ("untold", 2)
