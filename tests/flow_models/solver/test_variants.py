"""Tasks in variants: solutions adapt to what comes between, and what breaks a task is named."""

from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.blocks import Navigation
from flow_models.document.flow import Flow
from flow_models.document.tasks import Failure
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.variant import PLAIN, Variant
from flow_models.runtime.machine.episodes.variation import with_value
from flow_models.runtime.machine.pages.interruptions import PAUSE
from flow_models.solver.instances import Instances, build_instances
from flow_models.solver.solving import Solver
from flow_models.solver.variants import BlockedError, adapted, combined_cases, prove_variants, single_cases, tried
from tests.flow_models import builders as make


@cache
def _program(name: str = "three_pages") -> Program:
    return compile_flow(storage.load(resources.path("examples", f"{name}.flow.json"))).program


@cache
def _instances() -> Instances:
    return build_instances(_program(), (3, 0, 0), processes=1)


def _adapted(program: Program, task: str, variant: Variant) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return the plan of a task's first instance as drawn, and in a variant."""
    machine = Machine(program)
    plan = Solver(machine).solve(machine.draw(task, 0)).events
    return plan, adapted(machine, machine.draw(task, 0, variant), plan)


def _met(aspect: str, value: str) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return the same with something that comes between, by a seed with which it does."""
    found = (_adapted(_program(), "borrow-book", with_value(aspect, value, seed)) for seed in range(12))
    return next((plan, longer) for plan, longer in found if len(longer) > len(plan))


def _shop(**fields: object) -> Flow:
    """The shop with its link to the orders in a navigation, and a task that needs it."""
    shop = make.shop()
    links = Navigation(id="nav", title="Main", links=(make.link("orders_link"), make.link("home_nav")))
    pages = tuple(page.id for page in shop.pages)
    seen = make.variable("seen", "integer", 0)
    look = make.arrow("all", "orders_page", use="orders_link", do=(make.sets("seen", "1"),))
    home = make.arrow("all", "home", use="home_nav")
    guarded = tuple(one.rebuilt(when="seen == 1") if one.id == "item-buy-done" else one for one in shop.transitions)
    return shop.rebuilt(
        sections=(make.section("all", *pages, header=(links,)),),
        variables=(*shop.variables, seen),
        transitions=(*guarded, look, home),
        **fields,
    )


def test_without_anything_in_the_way_the_plan_stays_as_it_is() -> None:
    plan, same = _adapted(_program(), "borrow-book", PLAIN._replace(look="airy", order=5, lists="cards", wording=3))
    assert same == plan


def test_a_menu_is_opened_before_its_links_are_used() -> None:
    plan, longer = _adapted(compile_flow(_shop()).program, "buy-item", PLAIN._replace(navigation="menu"))
    assert Event("use", "orders_link") in plan
    place = longer.index(Event("use", "orders_link"))
    assert longer[place - 1] == Event("use", "nav", "menu")
    assert set(plan) < set(longer)


def test_what_was_held_back_is_let_go_or_done_again() -> None:
    plan, sure = _met("conduct", "sure")
    assert Event("use", PAUSE, "yes") in sure
    assert len(sure) == len(plan) + 1
    _, again = _met("conduct", "expired")
    assert len(again) == len(plan) + 2
    assert sum(event in plan for event in again) == len(plan) + 1


def test_a_modal_interruption_is_put_away() -> None:
    plan, longer = _met("interruption", "newsletter")
    assert sum(event.block == "interruption" for event in longer) == len(longer) - len(plan) == 1


def test_a_plan_that_does_not_come_through_is_told() -> None:
    machine = Machine(_program())
    with pytest.raises(BlockedError, match="nothing after 0 steps"):
        adapted(machine, machine.draw("borrow-book", 0), ())
    with pytest.raises(BlockedError, match="not on the page"):
        adapted(machine, machine.draw("borrow-book", 0), (Event("use", "nowhere"),))


def test_every_task_comes_through_every_value_and_random_combinations() -> None:
    told: list[tuple[int, int]] = []
    proofs = prove_variants(_program(), _instances(), progress=lambda done, of, _: told.append((done, of)))
    cases = len(list(single_cases(_program()))) + len(list(combined_cases(_program())))
    assert {task: (proof.replayed, proof.searched, proof.broken) for task, proof in proofs.items()} == {
        "borrow-book": (cases, 0, ())
    }
    assert 4 < proofs["borrow-book"].longest <= 10
    assert told[-1] == (cases, cases)


def test_every_value_of_every_axis_is_tried_alone() -> None:
    tried = {(case.axis, case.aspect, case.value) for case in single_cases(_program())}
    for axis, aspects in _program().variation.axes.items():
        for aspect, values in aspects.items():
            listed = {*values.train, *values.held_out} - {"plain"}
            assert {value for place, named, value in tried if (place, named) == (axis, aspect)} == listed


def _hurried() -> Flow:
    """A site of one page whose task fails once four steps have passed, wherever they are made."""
    done = make.expect_added("notes", text='"x"')
    home = make.page("home", make.form("f", make.field("text", required=True), make.button("send", submit=True)))
    asked = make.task("note", 'Note "x".', expect=(done,), failures=(Failure(when="clock.step >= 4"),), max_steps=60)
    return make.flow(
        home,
        make.table("notes", "text"),
        make.arrow("home", use="send", do=(make.adds("notes", text="field.text"),)),
        asked,
    )


def test_a_value_that_breaks_a_task_is_named() -> None:
    program = compile_flow(_hurried()).program
    instances = build_instances(program, (1, 0, 0), processes=1)
    broken = prove_variants(program, instances, combinations=0)["note"].broken
    assert {(one.axis, one.aspect, one.value) for one in broken} == {("conduct", "conduct", "expired")}
    assert "ends with failure" in broken[0].reason


def test_where_the_plan_does_not_come_through_another_way_is_searched() -> None:
    machine = Machine(_program())
    start = machine.draw("borrow-book", 0, PLAIN._replace(order=3))
    assert tried(machine, Solver(machine), start, (Event("noop"),)) == (4, True, "")


def test_impossible_instances_stay_impossible_and_are_not_played() -> None:
    program = _program("north_bank")
    instances = build_instances(program, (4, 0, 0), task="raise-limit", processes=1)
    impossible = {one.seed for one in instances.listed if one.infeasible}
    assert impossible
    machine = Machine(program)
    for seed in impossible:
        for variant in (with_value("conduct", "error", 0), PLAIN._replace(navigation="menu")):
            drawn, other = machine.draw("raise-limit", seed), machine.draw("raise-limit", seed, variant)
            assert (drawn.before, drawn.parameters) == (other.before, other.parameters)
            assert Episode(machine, other, infeasible=True).step(Event("infeasible")).end_reason == "success"
