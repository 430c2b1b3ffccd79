"""A walk is a value: it is told as JSON, and played again it does the same."""

import json

import resources
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.base.variant import PLAIN
from flow_models.solver.solving import solve
from flow_models.solver.walk import Walk, walk_in, walk_of

MACHINE = Machine(compile_flow(load(resources.path("examples", "three_pages.flow.json"))).program)
[TASK] = MACHINE.program.tasks


def test_a_walk_told_and_played_again_does_the_same() -> None:
    start = MACHINE.draw(TASK, 3)
    walk = walk_in(start, solve(MACHINE, start).events, "b_somewhere")
    again = walk_of(json.loads(json.dumps(walk.as_data())))
    assert again == walk
    steps = list(again.played(MACHINE))
    assert len(steps) == len(walk.events)
    assert MACHINE.verdict(start, steps[-1].state).success


def test_a_walk_in_a_variant_keeps_it() -> None:
    walk = Walk(TASK, 3, (), PLAIN._replace(navigation="side", order=4))
    assert walk_of(json.loads(json.dumps(walk.as_data()))) == walk


def test_a_walk_ends_where_something_cannot_be_done() -> None:
    walk = Walk(TASK, 3, (Event("noop"), Event("use", "b_none"), Event("noop")))
    steps = list(walk.played(MACHINE))
    assert len(steps) == 2
    assert steps[-1].error
