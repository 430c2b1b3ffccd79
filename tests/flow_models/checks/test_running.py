"""What shows only when a flow runs, each with a near miss."""

import importlib
import pickle
from pathlib import Path
from typing import Any

import pytest

import resources
from flow_models.checks import Problem
from flow_models.checks.deep import QUESTIONS
from flow_models.checks.running import check_by_running
from flow_models.compiler import compile_flow
from flow_models.document.behaviour import Page, Transition
from flow_models.document.data import Table
from flow_models.document.field_blocks import ChoiceField, NumberField
from flow_models.document.flow import Flow
from flow_models.document.tasks import Failure, Milestone, RangeSource, Success
from flow_models.runtime.machine import Machine
from flow_models.solver.film import film
from tests.flaws.test_flaws import FLAWS
from tests.flow_models.builders import (
    adds,
    arrow,
    button,
    expect_added,
    flow,
    form,
    link,
    page,
    parameter,
    rows_of,
    sets,
    table,
    task,
    variable,
    words,
)

NUMBER = parameter("n", "integer").rebuilt(source=RangeSource(minimum="1", maximum="1000"))
ADDED = expect_added("orders", n="task.n")


def running(code: str, flow_: Flow) -> list[Problem]:
    return [problem for problem in check_by_running(flow_, solved=3) if problem.code == f"running.{code}"]


def ordering(*parts: Page | Table | Transition, guard: str = "", seen: str = "1", **fields: object) -> Flow:
    """A page with a form that orders a number; the task asks for one of a thousand numbers."""
    given: dict[str, object] = {"parameters": (NUMBER,), "success": Success(changes=(ADDED,)), **fields}
    asked = task("order", "Order number {task.n}.").rebuilt(**given)
    number = NumberField(id="f_n", name="n", title="Number", required=True)
    sending = arrow("a", use="send", when=guard, do=(adds("orders", n="field.n"),), notice="Ordered")
    otherwise = (arrow("a", use="send", name="otherwise", notice="No"),) if guard else ()
    return flow(
        page("a", form("f", number, button("send", submit=True)), link("on")),
        page("b", words("w", "{count(orders)} {seen}"), link("back")),
        table("orders", "n:integer"), variable("seen", "integer", 0),
        sending, *otherwise, asked,
        arrow("a", "b", use="on", do=(sets("seen", seen),)), arrow("b", "a", use="back"),
        *parts,
    )  # fmt: skip


def waiting(source: str) -> Transition:
    return arrow(source, wait=3, do=(sets("seen", "5"),))


def hurried(steps: int) -> Flow:
    """A task that fails after so many steps, wherever they are made."""
    return ordering(failures=(Failure(when=f"clock.step >= {steps}"),), max_steps=60)


def choosing(label: str) -> Flow:
    """A task that orders one of many things, by a label that a formula makes of what only the machine can say."""
    things = table("things", "x:integer", rows=tuple((number,) for number in range(40)))
    orders = table("orders", "thing:row:things")
    thing = ChoiceField(id="f_thing", name="thing", title="Thing", table="things", label=label)
    asked = task("order", "Order {task.t.x}.", parameters=(parameter("t", "row:things"),), max_steps=20)
    return flow(
        page("a", form("f", thing, button("send", submit=True))), things, orders,
        arrow("a", use="send", do=(adds("orders", thing="field.thing"),)),
        asked.rebuilt(success=Success(changes=(expect_added("orders", thing="task.t"),))),
    )  # fmt: skip


def ringing(*told: str) -> Flow:
    """A task that asks to order the number of somebody, which a page tells if it lists more than names."""
    people = table("people", "name:text", "n:integer", rows=tuple((f"P{n}", 100 + 7 * n) for n in range(30)))
    listed = page("b", link("back"), rows_of("all", "people", *told))
    base = ordering(
        people, parameters=(parameter("who", "row:people"),), wordings=("Order the number of {task.who.name}.",),
        success=Success(changes=(expect_added("orders", n="task.who.n"),)),
    )  # fmt: skip
    return base.rebuilt(pages=(base.pages[0], listed))


CASES = {
    "no_instance": (ordering(require="task.n > 2000"), ordering(require="task.n > 500")),
    "few_instances": (
        ordering(parameters=(parameter("n", "integer", 1, 2, 3),)),
        ordering(),
    ),
    "success_at_start": (
        ordering(success=Success(also="count(orders) == 0")),
        ordering(success=Success(also="count(orders) == 1", nothing_else=False)),
    ),
    "failure_at_start": (
        ordering(failures=(Failure(when="count(orders) == 0"),)),
        ordering(failures=(Failure(when="count(orders) == 2"),)),
    ),
    "milestone_at_start": (
        ordering(milestones=(Milestone(when="seen == 0"),)),
        ordering(milestones=(Milestone(when="seen == 1"),)),
    ),
    "milestone_by_itself": (
        ordering(waiting("a"), milestones=(Milestone(when="seen == 5"),)),
        ordering(waiting("b"), milestones=(Milestone(when="seen == 5"),)),
    ),
    "failure_by_itself": (
        ordering(waiting("a"), failures=(Failure(when="seen == 5"),)),
        ordering(waiting("b"), failures=(Failure(when="seen == 5"),)),
    ),
    "success_by_itself": (
        ordering(waiting("a"), success=Success(also="seen == 5")),
        ordering(waiting("b"), success=Success(also="seen == 5")),
    ),
    "success_unchanged": (ordering(success=Success(also="seen == 1")), ordering()),
    "never": (ordering(guard="field.n > 1000"), ordering(guard="field.n > 0")),
    "impossible": (ordering(guard="field.n > 500"), ordering(guard="field.n > 500", may_be_infeasible=True)),
    "allowed": (ordering(guard="field.n > 500", may_be_infeasible=True), ordering(may_be_infeasible=True)),
    "always_possible": (ordering(may_be_infeasible=True), ordering(guard="field.n > 500", may_be_infeasible=True)),
    "untold": (ringing("{name}"), ringing("{name}", "{n}")),
    "alike": (choosing("{x // 10}"), choosing("{x}")),
    "unclear": (choosing("{x // 10}"), choosing("{x}")),
    "gave_up": (
        ordering(guard="field.n <= 500 or seen >= 7", seen="seen + 1", max_steps=3),
        ordering(guard="field.n <= 500 or seen >= 7", seen="seen + 1", max_steps=20),
    ),
    "gave_up_all": (
        ordering(guard="seen >= 7", seen="seen + 1", max_steps=1),
        ordering(guard="seen >= 7", seen="seen + 1", max_steps=20),
    ),
    "gave_up_typed": (ordering(guard="field.n * field.n > 1000000"), ordering(guard="field.n > 1000000")),
    "low_limit": (ordering(max_steps=2), ordering(max_steps=4)),
    "low_limit_varied": (ordering(max_steps=6), ordering(max_steps=30)),
    "variant": (hurried(3), hurried(30)),
    "fault": (
        ordering(page("c"), arrow("b", "c", on="enter"), arrow("c", "b", on="enter")),
        ordering(page("c"), arrow("b", "c", on="enter")),
    ),
    "refused": (ordering(seen="(seen + 1) * 1000000"), ordering(seen="min([seen + 1, 9])")),
}


WITHOUT_WALK = {
    "no_instance",
    "few_instances",
    "always_possible",
    "low_limit",
    "low_limit_varied",
    "gave_up",
    "gave_up_all",
    "gave_up_typed",
}
"""What is true of all instances together, so that none of them shows it; and that no way was found."""


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_found_and_its_near_miss_is_not(code: str) -> None:
    trips, near_miss = CASES[code]
    found = running(code, trips)
    assert found
    assert running(code, near_miss) == []
    assert len(found[0].sentence()) > 20


def test_what_is_told_nowhere_comes_with_a_way_that_only_somebody_lucky_takes() -> None:
    trips, _ = CASES["untold"]
    [found] = running("untold", trips)
    assert found.walk is not None
    machine = Machine(compile_flow(trips).program)
    [*_, last] = found.walk.played(machine)
    assert machine.verdict(found.walk.start(machine), last.state).success
    assert running("never", trips) == running("impossible", trips) == []


@pytest.mark.parametrize("code", sorted(CASES.keys() - WITHOUT_WALK))
def test_each_problem_that_an_instance_shows_has_a_walk_that_can_be_played(code: str) -> None:
    trips, _ = CASES[code]
    walk = running(code, trips)[0].walk
    assert walk is not None
    frames = film(Machine(compile_flow(trips).program), walk)
    assert len(frames) == len(walk.events) + 1
    last = frames[-1]
    shows = {
        "success": last.success, "failure": last.failure >= 0, "milestone": any(last.milestones),
        "fault": bool(last.trouble), "refused": bool(last.trouble), "alike": bool(last.looks(walk.look)),
        "unclear": bool(last.looks(walk.look)), "untold": last.success,
    }  # fmt: skip
    assert shows.get(code.partition("_")[0], not last.success)


def test_walks_of_other_instances_that_show_the_same_are_kept() -> None:
    [found] = running("success_by_itself", CASES["success_by_itself"][0])
    assert found.walk is not None
    assert found.others
    assert found.walk.seed not in {walk.seed for walk in found.others}


def test_a_low_limit_is_raised_by_its_fix() -> None:
    trips, _ = CASES["low_limit"]
    fix = running("low_limit", trips)[0].fix
    assert fix is not None
    assert fix.sentence() == "Raise the limit to 5"
    assert running("low_limit", fix.edit(trips)) == []


def test_problems_travel_between_processes() -> None:
    problems = check_by_running(CASES["low_limit"][0], solved=1)
    assert pickle.loads(pickle.dumps(problems)) == problems


def test_every_wording_of_a_running_problem_has_a_case() -> None:
    worded = {key.removeprefix("checks.running.") for key in resources.catalogue() if key.startswith("checks.running.")}
    seeded = {flaw.code.removeprefix("running.") for flaw in FLAWS if flaw.code.startswith("running.")}
    modules = (f"tests.flow_models.checks.deep.{file.stem}" for file in Path(__file__).parent.glob("deep/test_*.py"))
    deep = {code for module in modules for code in getattr(importlib.import_module(module), "CASES", {})}
    # What breaks a flow this small breaks it with one value alone. No answer that a site shows is refused today, and no
    # flow makes one episode follow from another.
    assert worded == set(CASES) | seeded | deep | {"combination", "answer_refused", "residue", "restored"}


def test_no_way_in_any_instance_is_an_error_and_says_what_is_open_and_where() -> None:
    [found] = running("gave_up_all", CASES["gave_up_all"][0])
    assert found.severity == "error"
    assert "Still open: a new row in Orders with what is wanted in N" in found.sentence()
    assert "the page “A”" in found.sentence()


def test_what_nobody_can_know_to_type_has_words_of_its_own() -> None:
    [found] = running("gave_up_typed", CASES["gave_up_typed"][0])
    assert found.severity == "error"
    assert "On the page “A” something has to be typed that no page and no goal tells" in found.sentence()
    assert running("gave_up_all", CASES["gave_up_typed"][0]) == []


def test_no_way_in_some_instances_is_a_hint() -> None:
    [found] = running("gave_up", CASES["gave_up"][0])
    assert found.severity == "hint"


def test_a_flow_that_does_not_compile_is_left_to_the_quick_checks() -> None:
    assert check_by_running(Flow(id="f")) == ()


def test_progress_is_told_for_every_part() -> None:
    told: list[tuple[int, int]] = []
    check_by_running(CASES["low_limit"][1], solved=1, progress=lambda done, of: told.append((done, of)))
    parts = 4 + len(QUESTIONS)
    assert told == [(done, parts) for done in range(1, parts + 1)]


def reserving(*, notice: str = "", condition: str = "not field.book.reserved", **fields: Any) -> Flow:
    """A task that reserves one of some books, of which some are reserved already."""
    rows = tuple(
        (name, name.startswith("Winter")) for name in (f"{part} {number}" for part in PARTS for number in range(8))
    )
    books = table("books", "title:text", "reserved:boolean", rows=rows)
    book = ChoiceField(id="f_book", name="book", title="Book", table="books", label="{title}")
    asked = task("reserve", "Reserve {task.book.title}.", parameters=(parameter("book", "row:books"),), **fields)
    otherwise = (arrow("a", use="send", name="otherwise", notice=notice),) if notice else ()
    return flow(
        page("a", form("f", book, button("send", submit=True))), books, table("holds", "book:row:books"),
        arrow("a", use="send", when=condition, do=(adds("holds", book="field.book"),), notice="Reserved"), *otherwise,
        asked.rebuilt(success=Success(changes=(expect_added("holds", book="task.book"),))),
    )  # fmt: skip


PARTS = ("Summer Days", "Winter Bread", "Long Roads")


def sentences(code: str, flow_: Flow) -> list[str]:
    return [problem.sentence() for problem in running(code, flow_)]


def test_which_instances_cannot_be_done_is_told_in_the_words_of_the_site() -> None:
    (told,) = sentences("impossible", reserving(notice="This book is already reserved"))
    assert "“Reserve Winter Bread " in told
    assert ": This book is already reserved." in told


def test_where_the_site_says_nothing_the_data_tells_why() -> None:
    found = sentences("impossible", reserving())
    assert [one for one in found if "has Reserved: yes" in one] == found != []


def test_a_task_that_may_be_impossible_says_so_as_a_note() -> None:
    found = running("allowed", reserving(notice="Somebody else has it", may_be_infeasible=True))
    assert {problem.severity for problem in found} == {"note"}
    assert "Somebody else has it" in found[0].sentence()
