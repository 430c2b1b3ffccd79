"""What a rule asks for, done by hand: no instance of which something is said against it has a solution."""

import random
from pathlib import Path

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.document.tasks import ExpectedChange, Failure, Success
from flow_models.runtime.machine import Machine
from flow_models.solver.outline import Outline
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from flow_models.solver.wished import Flaw, Wished
from tests.flow_models.builders import expect_added, flow, page, table, task
from tests.flow_models.solver.sites import changed, machine_of, maze

MAZES = 30
CARDS = table("cards", "name", "limit:integer", "seen:integer!", rows=(("Blue", 1, 0), ("Red", 2, 0)))


def flaw(*changes: ExpectedChange, failure: str = "", **rule: object) -> Flaw | None:
    failures = (Failure(when=failure),) if failure else ()
    asked = task("t").rebuilt(success=Success(changes=changes).rebuilt(**rule), failures=failures)
    machine = machine_of(flow(page("a"), CARDS, table("notes", "n:integer", "text"), asked))
    return Wished(machine, Outline(machine.program), "t").flaw(machine.draw("t", 0))


BLUE = changed("cards", 'name == "Blue"', limit="5")
NOTED = expect_added("notes", n="3")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (flaw(BLUE, NOTED), None),
        (flaw(NOTED, changed("cards", 'name == "Green"', limit="5")), Flaw("no_row", 1)),
        (flaw(BLUE, changed("cards", "limit == 1", name='"Green"')), Flaw("contradiction")),
        (flaw(BLUE, also="count(cards, limit > 4) == 2"), Flaw("contradiction")),
        (flaw(BLUE, also="count(cards, limit > 4) == 1"), None),
        (flaw(BLUE, also="count(cards, limit > 4) == 2", nothing_else=False), None),
        (flaw(NOTED, also="any(notes, text == 'x')"), None),
        (flaw(BLUE, also="any(cards, seen > 0)"), None),
        (flaw(BLUE, failure="any(changed(notes))"), None),
        (flaw(NOTED, failure="any(notes, n == 3)"), Flaw("failure", 0)),
        (flaw(NOTED, failure="any(notes, n == 3)", nothing_else=False), None),
    ],
)
def test_a_rule_is_asked_of_what_it_wishes_for(found: Flaw | None, expected: Flaw | None) -> None:
    assert found == expected


def _solvable_though_ruled_out(flow_: Flow, seeds: range) -> list[tuple[str, int]]:
    """Return the instances that have a solution although something is said against them."""
    machine = Machine(compile_flow(flow_).program)
    solver = Solver(machine)
    return [
        (one.name, seed)
        for one in flow_.tasks
        for seed in seeds
        if not one.answer
        and Wished(machine, solver.outline, one.name).flaw(machine.draw(one.name, seed)) is not None
        and solver.solve(machine.draw(one.name, seed), budget=Budget(2_000)).status == "solved"
    ]


def _with_another_rule(flow_: Flow, seed: int) -> Flow:
    """Return a flow whose tasks also want, or must not come to, something about its data."""
    rng = random.Random(seed)
    name = rng.choice([one.name for one in flow_.tables])
    wish = rng.choice([f"count({name}) > 1", f"count(changed({name})) == 1", f"not any(added({name}))"])
    tasks = [
        one.rebuilt(success=one.success.rebuilt(also=wish))
        if rng.random() < 0.5
        else one.rebuilt(failures=(Failure(when=wish),))
        for one in flow_.tasks
    ]
    return flow_.rebuilt(tasks=tuple(tasks))


def test_nothing_that_is_ruled_out_can_be_solved_in_mazes() -> None:
    found = [_solvable_though_ruled_out(_with_another_rule(maze(seed), seed), range(1)) for seed in range(MAZES)]
    assert [one for one in found if one] == []


@pytest.mark.parametrize("name", ["three_pages", "north_bank"])
def test_nothing_is_said_against_the_rules_of_the_examples(name: str) -> None:
    path = Path(resources.path("examples", f"{name}.flow.json"))
    machine = Machine(compile_flow(storage.load(path)).program)
    outline = Outline(machine.program)
    asked = [one for one in machine.tasks if machine.program.tasks[one].answer is None]
    assert {Wished(machine, outline, one).flaw(machine.draw(one, seed)) for one in asked for seed in range(20)} == {
        None
    }
