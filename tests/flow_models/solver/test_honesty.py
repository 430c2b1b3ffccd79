"""A solution uses what the goal and the pages seen so far have told, and nothing else."""

from collections.abc import Callable
from functools import cache

import pytest

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.document.flow import Flow
from flow_models.runtime.machine import DrawError, Event, Machine
from flow_models.solver.honesty import Honesty
from flow_models.solver.outline import Outline
from flow_models.solver.solution import Budget
from flow_models.solver.solving import Solver
from tests.flow_models.solver import secrets
from tests.flow_models.solver.fuzz import Alike, typed_in
from tests.flow_models.solver.honest import Player, TooManyWaysError, all_lookalikes
from tests.flow_models.solver.sites import machine_of
from tests.flow_models.solver.wild import wild

WAYS: dict[str, tuple[Callable[[], Flow], tuple[str, ...]]] = {
    "a code is read before it is typed": (secrets.code_in_mail, ("mail_link", "mail_back", "f_code", "enter")),
    "a code is read before it is typed, though another page looks at it": (
        secrets.code_looked_at_later,
        ("mail_link", "mail_back", "f_code", "enter", "confirm"),
    ),
    "a place is read before it is chosen": (
        secrets.place_looked_at_later,
        ("mail_link", "mail_back", "f_place", "enter", "confirm"),
    ),
    "both halves of a code are read": (
        secrets.code_put_together,
        ("mail_link", "mail_back", "note_link", "note_back", "f_code", "enter"),
    ),
    "a number in a condition tells no code": (
        secrets.code_like_a_bound,
        ("mail_link", "mail_back", "f_code", "enter"),
    ),
    "a row is named by what was read, not by what happens then": (
        secrets.row_by_number,
        ("mail_link", "mail_back", "f_code", "enter"),
    ),
    "a code in the goal is told": (secrets.code_in_goal, ("f_code", "enter")),
    "a code that stands in its field is told": (secrets.code_begun, ("enter",)),
    "a word that is always the same is known": (secrets.word_of_the_site, ("f_code", "enter")),
    "what only lets the site accept a payment need not be seen": (secrets.balance_unseen, ("f_amount", "send")),
    "a count needs every page of the list": (secrets.reds_in_pages, ("turn", "turn", "")),
    "the nearest needs the distance of each": (
        secrets.nearest_hotel,
        ("open", "back", "open", "back", "open", ""),
    ),
    "a button is chosen by what another page says": (secrets.cheaper_plan, ("prices_link", "back", "basic")),
    "a row is chosen by what stands in it": (lambda: secrets.order_of(is_shown=True), ("cancel",)),
    "a row is chosen after its page said whose it is": (
        lambda: secrets.order_of(is_shown=False),
        ("open", "back", "cancel"),
    ),
    "who is chosen by name may be another row elsewhere": (
        lambda: secrets.friend_by_name(pays_later=False),
        ("f_friend", "pay"),
    ),
    "who is chosen by name may be refused elsewhere": (
        lambda: secrets.friend_by_name(pays_later=True),
        ("f_friend", "pay"),
    ),
}


TOLD_LATE = (
    "a code is read before it is typed, though another page looks at it",
    "a place is read before it is chosen",
)
"""The ways on which the site says only some pages later what was wrong."""


@pytest.mark.parametrize("name", WAYS)
def test_a_solution_learns_what_it_uses(name: str) -> None:
    flow, blocks = WAYS[name]
    machine = machine_of(flow())
    [task] = machine.tasks
    solution = Solver(machine).solve(machine.draw(task, 0))
    assert (solution.status, tuple(event.block for event in solution.events)) == ("solved", blocks)


@pytest.mark.parametrize("name", WAYS)
def test_somebody_who_tries_everything_finds_no_shorter_honest_way(name: str) -> None:
    machine = machine_of(WAYS[name][0]())
    [task] = machine.tasks
    start = machine.draw(task, 0)
    texts = ("4711", "0815", "47110815", "7", "sesame", "80.00")
    players = [Player(machine, start, lambda _field: texts, tries=tries) for tries in (True, False)]
    steps = Solver(machine).solve(start).steps
    # Whoever may try sees later on that what was typed was wrong; honest is only who knows it before.
    assert steps == (players[1].shortest() if name in TOLD_LATE else players[0].shortest())


@pytest.mark.parametrize("name", WAYS)
def test_no_lookalike_speaks_against_an_honest_solution(name: str) -> None:
    machine = machine_of(WAYS[name][0]())
    [task] = machine.tasks
    solver = Solver(machine)
    start = machine.draw(task, 0)
    assert solver.guessed(start, solver.solve(start)) is None


def test_a_code_that_no_page_shows_is_told_nowhere() -> None:
    machine = machine_of(secrets.code_nowhere())
    solution = Solver(machine).solve(machine.draw("open", 0))
    assert (solution.status, [event.block for event in solution.events]) == ("untold", ["f_code", "enter"])


LETTERS = {
    "named by a parameter": (secrets.letters("Stop {task.letter.title}.", has_parameter=True), "solved"),
    "named in words": (secrets.letters("Stop the sport letter."), "solved"),
    "not named": (secrets.letters("Stop a letter that is still sent."), "untold"),
}


@pytest.mark.parametrize("name", LETTERS)
def test_how_it_stands_with_a_row_that_is_to_be_changed_is_no_secret_where_the_goal_names_it(name: str) -> None:
    flow, status = LETTERS[name]
    machine = machine_of(flow)
    solution = Solver(machine).solve(machine.draw("stop", 0))
    assert (solution.status, [event.block for event in solution.events]) == (status, ["stop"])


LUCKY = {
    "typed": (secrets.code_in_mail, (Event("fill", "f_code", "", "4711"), Event("use", "enter")), 0),
    "chosen": (lambda: secrets.order_of(is_shown=False), (Event("use", "cancel", "orders_2"),), 0),
    "answered": (secrets.reds_in_pages, (Event("use", "turn", "3"), Event("message", value="1")), 1),
}


@pytest.mark.parametrize("name", LUCKY)
def test_what_is_guessed_is_found_by_a_start_that_looks_the_same(name: str) -> None:
    flow, events, step = LUCKY[name]
    machine = machine_of(flow())
    [task] = machine.tasks
    honesty = Honesty(machine, Outline(machine.program), Solver(machine).solve)
    found = list(honesty.untold(machine.draw(task, 0), events))
    assert found
    assert {one.step for one in found} == {step}
    assert {one.other.goal for one in found} == {machine.draw(task, 0).goal}


@cache
def _example(name: str) -> Solver:
    return Solver(Machine(compile_flow(storage.load(resources.path("examples", f"{name}.flow.json"))).program))


def _guessed(name: str, seeds: range, sample: int | None) -> list[tuple[str, int, int]]:
    """Return where solutions of an example guess: the task, the seed and the step."""
    solver = _example(name)
    found = []
    for task in solver.machine.tasks:
        for seed in seeds:
            try:
                start = solver.machine.draw(task, seed)
            except DrawError:
                continue
            step = solver.guessed(start, solver.solve(start), sample)
            if step is not None:
                found.append((task, seed, step))
    return found


@pytest.mark.parametrize("name", ["north_bank", "block_zoo", "three_pages"])
def test_the_solutions_of_the_examples_guess_nothing(name: str) -> None:
    assert _guessed(name, range(7, 8), 10) == []


@pytest.mark.proof
@pytest.mark.parametrize("first", range(0, 20, 4))
@pytest.mark.parametrize("name", ["north_bank", "skylark_air", "block_zoo", "three_pages"])
def test_no_lookalike_of_many_instances_shows_a_guess(name: str, first: int) -> None:
    assert _guessed(name, range(first, first + 4), None) == []


SMALL = (8, 28, 38, 46, 47, 57)
"""Wild sites on which somebody who plays honestly and tries everything comes to an end in a moment."""


def _agrees(seed: int, most: int) -> bool | None:
    """Say whether the solver finds the shortest honest way of a wild site; None where that is not known."""
    machine = machine_of(wild(seed))
    start = machine.draw("do", seed)
    solution = Solver(machine).solve(start, max_steps=25, budget=Budget(2_000))
    leaves = solution.status == "gave_up" or any(event.kind == "goto" for event in solution.events)
    if leaves or machine.verdict(start, start.state).success:
        return None
    found = solution.steps if solution.status == "solved" else None
    try:
        # Whether it is honest to try one value after the other is left open.
        players = [
            Player(machine, start, typed_in, 12, sifts=True, tries=tries, keys=Alike(machine))
            for tries in (True, False)
        ]
        lengths = [player.shortest(most) for player in players]
    except TooManyWaysError:
        return None
    return found in lengths


@pytest.mark.parametrize("seed", SMALL)
def test_the_solver_finds_the_shortest_honest_way_on_wild_sites(seed: int) -> None:
    assert _agrees(seed, 250) is True


def test_what_the_change_of_one_meant_cell_shows_to_be_luck_is_found() -> None:
    machine = machine_of(wild(2206))
    solution = Solver(machine).solve(machine.draw("do", 2206), max_steps=25, budget=Budget(2_000))
    assert solution.status == "untold"


@pytest.mark.parametrize("seed", SMALL)
def test_no_start_is_compared_twice_and_only_those_that_can_be_count(seed: int) -> None:
    machine = machine_of(wild(seed))
    start = machine.draw("do", seed)
    others = all_lookalikes(machine, start, 30)
    cells = [tuple(tuple(table.rows) for table in other.drawn) for other in (start, *others)]
    assert len(set(cells)) == len(cells)
    assert all(other.goal == start.goal for other in others)
    assert all_lookalikes(machine, start, 5)[:5] == others[:5]


@pytest.mark.proof
@pytest.mark.parametrize("first", range(0, 2_000, 200))
def test_the_solver_finds_the_shortest_honest_way_on_many_wild_sites(first: int) -> None:
    outcomes = {seed: _agrees(seed, 1_000) for seed in range(first, first + 200)}
    assert [seed for seed, agrees in outcomes.items() if agrees is False] == []
    known = sum(agrees is True for agrees in outcomes.values())
    print(f"seeds {first} to {first + 199}: {known} compared")
    assert known >= 20
