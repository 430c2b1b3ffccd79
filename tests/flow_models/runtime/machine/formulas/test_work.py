"""What a step may cost: counted, the same whatever is kept, and in words where it is too much."""

from typing import TYPE_CHECKING

import pytest

from flow_models.compiler import compile_flow
from flow_models.document.behaviour import Page, Transition
from flow_models.document.blocks import AnyBlock
from flow_models.document.tasks import Failure, Milestone, Success, Task
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.nodes import Node
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.results import Result
from flow_models.runtime.machine.formulas import work
from flow_models.runtime.machine.formulas.context import Context
from flow_models.runtime.machine.formulas.memo import kept
from flow_models.runtime.machine.formulas.reads import Reads
from flow_models.runtime.machine.pages.view import NoticeBox, Shown, View, walk
from tests.flow_models.builders import arrow, button, flow, page, rows_of, sets, table, task, variable, words

if TYPE_CHECKING:
    from collections.abc import Iterator

MANY = 1000
"""The rows of the example: each is compared with each."""

DEAR = "count(many as x, any(many as y, contains(lower(y.a) + upper(x.a), 'zz')))"
TOO_MUCH = "This is too much to do at once. Try something smaller."


def site(*more: Page | Transition | Task, home: tuple[AnyBlock, ...] = ()) -> Machine:
    """Return a machine with a long table, and a page on which a dear text stands between two cheap ones."""
    many = table("many", "a:text", rows=tuple((f"value {number}",) for number in range(MANY)))
    blocks = (words("before", "Hello {count(many)}"), words("dear", f"Found {{{DEAR}}}"), words("after", "Bye {n}"))
    parts = (page("home", *blocks, button("go"), *home), many, variable("n", "integer", 3), *more)
    return Machine(compile_flow(flow(*parts)).program)


def said(view: View) -> dict[str, str]:
    """Return the texts of a page by block."""
    parts: Iterator[Shown] = (part for top in view.main for part in walk(top))
    return {part.id: getattr(part, "text", "") for part in parts}


def test_a_block_that_is_too_much_says_so_and_the_rest_of_the_page_stands() -> None:
    machine = site(home=(rows_of("list", "many", "{a}", page_size=3),))
    view = machine.view(machine.visit(), machine.visit().state)
    texts = said(view)
    assert texts["dear"] == "The text “Found …” is too much to show at once."
    assert isinstance(view.main[1], NoticeBox)
    assert (texts["before"], texts["after"]) == ("Hello 1000", "Bye 3")
    assert view.main[-1].id == "list"


@pytest.mark.parametrize("when", [f"{DEAR} > 3", f"{DEAR} >= 0"])
def test_a_step_that_is_too_much_is_refused_in_words(when: str) -> None:
    machine = site(arrow("home", use="go", when=when, do=(sets("n", "9"),)), task("stay", max_steps=3))
    start = machine.visit()
    step = machine.step(start, start.state, Event("use", "go"))
    assert (step.fault, step.error, step.refused) == ("", "", "there is too much to compute")
    assert step.state.notices == (("error", TOO_MUCH),)
    assert machine.variables(step.state)["n"] == 3
    assert step.state.steps == start.state.steps + 1
    assert not step.state.broken


@pytest.mark.parametrize("trigger", ["enter", "open"])
def test_what_follows_by_itself_belongs_to_the_step(trigger: str) -> None:
    machine = site(
        page("next", words("w", "Here"), open_by_url="n == 3"),
        arrow("home", "next", use="go", do=(sets("n", "4"),)),
        arrow("next", on=trigger, do=(sets("n", DEAR),)),
    )
    start = machine.visit()
    event = Event("use", "go") if trigger == "enter" else Event("goto", value="/next")
    step = machine.step(start, start.state, event)
    assert machine.variables(step.state)["n"] == 3
    assert step.state.base.page == "home"
    assert step.state.notices == (("error", TOO_MUCH),)


def played(program: Program, steps: int) -> list[Result]:
    """Return what some steps of its task bring."""
    machine = Machine(program)
    episode = Episode(machine, machine.draw("stay", 1))
    return [episode.step(Event("noop")) for _ in range(steps)]


@pytest.mark.parametrize("rule", [Failure(when=f"{DEAR} >= 0"), Milestone(when=f"{DEAR} >= 0", reward=0.2)])
def test_a_rule_that_is_too_much_does_not_hold(rule: Failure | Milestone) -> None:
    stay = task("stay", max_steps=2)
    asked = stay.rebuilt(failures=(rule,)) if isinstance(rule, Failure) else stay.rebuilt(milestones=(rule,))
    results = played(site(asked).program, 2)
    assert [result.end_reason for result in results] == ["", "step_limit"]
    assert [result.reward for result in results] == [0.0, 0.0]


def test_formulas_share_one_budget() -> None:
    guard = " or ".join(["count(many, n + len(a) < 0) > 0"] * 10)
    few, many = (
        site(*[arrow("home", use="go", when=guard, name=f"a{number}") for number in range(count)]) for count in (2, 20)
    )
    for machine, notices in ((few, ()), (many, (("error", TOO_MUCH),))):
        start = machine.visit()
        assert machine.step(start, start.state, Event("use", "go")).state.notices == notices


def units_of(compute: object, context: Context) -> int:
    """Return the units that a closure takes in a context."""
    before = context.work
    compute(context)  # type: ignore[operator]
    return context.work - before


def test_what_is_kept_costs_as_much_as_what_is_made() -> None:
    machine = site()
    state = machine.visit().state
    formulas = machine.plan.formulas
    tree = Node.read(compile_tree("count(many, len(a) > n)"))
    find = kept(machine.schema, Reads(frozenset({"many"}), frozenset({"n"})), formulas.value(tree))
    costs = [units_of(find, Context(machine.schema, state.tables, state.variables)) for _ in range(3)]
    assert costs[0] > MANY
    assert len(set(costs)) == 1


def compile_tree(source: str) -> dict[str, object]:
    """Return the tree of a formula over the long table."""
    many = table("many", "a:text")
    program = compile_flow(flow(page("home", words("w", f"{{{source}}}")), many, variable("n", "integer", 3))).program
    [tree] = program.json["pages"]["home"]["blocks"][0]["text"]
    return dict(tree)


def test_pages_cost_the_same_after_any_history() -> None:
    """A page is cut alike when nothing is kept, and when everything is."""
    machine = site(arrow("home", use="go", do=(sets("n", "n + 1"),)))
    start = machine.visit()
    there = machine.step(start, start.state, Event("use", "go")).state
    back = machine.edited(there, {"n": 3}, {})
    fresh = site(arrow("home", use="go", do=(sets("n", "n + 1"),)))
    assert said(machine.view(start, back)) == said(fresh.view(fresh.visit(), fresh.visit().state))


@pytest.mark.parametrize(
    ("source", "least"),
    [
        ("count(many)", 0),
        ("count(many, len(a) > 3)", MANY),
        ("first(sort_by(many, a)).a", MANY * 10),
        ("max(many, len(a))", MANY * 8),
        ("any(many as x, any(many as y, y.a == x.a))", MANY * 8),
        ("contains(lower(first(many).a), 'x')", 0),
    ],
)
def test_rows_sorts_and_values_are_counted(source: str, least: int) -> None:
    machine = site()
    state = machine.visit().state
    compute = machine.plan.formulas.value(Node.read(compile_tree(source)))
    units = units_of(compute, Context(machine.schema, state.tables, state.variables))
    assert least <= units < MANY * 100


def test_characters_are_counted() -> None:
    long = table("many", "a:text", rows=(("x" * 8000,),))
    machine = Machine(compile_flow(flow(page("home"), long)).program)
    state = machine.visit().state
    costs = {}
    for source in ("lower(first(many).a)", "contains(first(many).a, 'y')", "len(first(many).a)"):
        compute = machine.plan.formulas.value(Node.read(compile_tree(f"text({source})")))
        costs[source] = units_of(compute, Context(machine.schema, state.tables, ()))
    assert costs["lower(first(many).a)"] >= work.characters(8000)
    assert costs["contains(first(many).a, 'y')"] >= work.characters(8000)
    assert costs["len(first(many).a)"] < 20


def test_a_step_is_the_sum_of_its_shares() -> None:
    assert work.CHANGE + 2 * work.PAGE + 3 * work.FRAME + work.RULES == work.STEP


def test_waiting_that_is_too_much_is_refused_too() -> None:
    machine = site(arrow("home", wait=1, do=(sets("n", DEAR),)))
    start = machine.visit()
    step = machine.step(start, start.state, Event("noop"))
    assert (step.fault, machine.variables(step.state)["n"]) == ("", 3)
    assert step.state.notices == (("error", TOO_MUCH),)


@pytest.mark.parametrize("answer", [DEAR, f"text({DEAR})", f"3 if n == 4 else {DEAR}"])
def test_an_expected_answer_that_is_too_much_is_none_and_no_fault_of_the_site(answer: str) -> None:
    asked = task("stay", "How many?", answer=answer, success=Success(), step_cost=0.01, max_steps=5)
    machine = site(asked)
    episode = Episode(machine, machine.draw("stay", 1))
    result = episode.step(Event("message", value="3"))
    assert (result.end_reason, result.reward) == ("answered_wrong", -0.01)
    assert machine.expected_answer(episode.start, episode.state) == ""
