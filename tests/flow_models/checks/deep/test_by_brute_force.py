"""Random tables with few values: what is said of them is exactly what looking at every pair of rows says."""

import random
from itertools import combinations

import pytest

from flow_models.checks.deep import one_row, ties
from flow_models.checks.trial import Trial
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Machine
from flow_models.solver.solving import Solver
from tests.flow_models.builders import flow, page, parameter, rows_of, table, task

FLOWS = 40
COLUMNS = ("one", "two", "three")

Rows = tuple[tuple[int, ...], ...]


def random_rows(rng: random.Random, values: int) -> Rows:
    """Return three to six rows, each of its own kind, with few values."""
    every = [(a, b, c) for a in range(values) for b in range(values) for c in range(values)]
    return tuple(rng.sample(every, rng.randint(3, 6)))


def site(rows: Rows, wording: str, answer: str) -> Flow:
    """Return a site that lists the rows, and a question about them."""
    columns = (f"{name}:integer" for name in COLUMNS)
    return flow(
        page("home", rows_of("list", "things", *(f"{{{name}}}" for name in COLUMNS))),
        table("things", *columns, rows=rows),
        task("ask", wording, parameters=(parameter("thing", "row:things"),), answer=answer),
    )


def trial_of(asked: Flow) -> Trial:
    """Return the trial of its one task."""
    machine = Machine(compile_flow(asked).program)
    return Trial(asked, machine, Solver(machine), asked.tasks[0], 2)


@pytest.mark.parametrize("seed", range(FLOWS))
def test_a_goal_fits_several_rows_exactly_if_two_of_them_read_alike_and_differ_in_the_answer(seed: int) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, 3)
    named = rng.sample(range(3), rng.randint(1, 2))
    asked = rng.choice([place for place in range(3) if place not in named])
    wording = "Which is that of " + " and ".join(f"{{task.thing.{COLUMNS[place]}}}" for place in named) + "?"
    found = list(one_row.problems(trial_of(site(rows, wording, f"task.thing.{COLUMNS[asked]}"))))
    alike = any(
        one[asked] != other[asked] and all(one[place] == other[place] for place in named)
        for one, other in combinations(rows, 2)
    )
    assert bool(found) == alike, (rows, named, asked)


@pytest.mark.parametrize("seed", range(FLOWS))
def test_a_pick_is_a_tie_exactly_if_the_rows_in_front_differ_in_the_answer(seed: int) -> None:
    rng = random.Random(seed)
    rows = random_rows(rng, 3)
    by, asked = rng.sample(range(3), 2)
    front = rng.choice(("first", "last"))
    answer = f"{front}(sort_by(things, {COLUMNS[by]})).{COLUMNS[asked]}"
    found = list(ties.problems(trial_of(site(rows, "Which one, beside {task.thing.one}?", answer))))
    most = (min if front == "first" else max)(row[by] for row in rows)
    values = {row[asked] for row in rows if row[by] == most}
    assert bool(found) == (len(values) > 1), (rows, by, asked, front)
