"""Instances: the same ones whoever makes them, none twice, each proven and in one split."""

from functools import cache

import resources
from flow_models.compiler import compile_flow
from flow_models.document import storage
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.machine import Event, Machine
from flow_models.runtime.machine.base.data import PoolSource
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.splits import SPLITS, split_of
from flow_models.solver.instances import Instances, build_instances, content_of
from flow_models.solver.shelf import Shelf
from tests.flow_models import builders as make

COUNTS = (6, 3, 3)


@cache
def _program(name: str = "three_pages") -> Program:
    return compile_flow(storage.load(resources.path("examples", f"{name}.flow.json"))).program


@cache
def _made() -> Instances:
    return build_instances(_program(), COUNTS, processes=1)


def test_as_many_instances_as_asked_are_made_for_each_split() -> None:
    splits = [instance.split for instance in _made().listed]
    assert [splits.count(split) for split in ("train", "validation", "test")] == list(COUNTS)


def test_instances_are_numbered_from_zero_and_differ_in_content() -> None:
    machine, listed = Machine(_program()), _made().listed
    assert [instance.n for instance in listed] == list(range(12))
    assert len({content_of(machine, machine.draw("borrow-book", instance.seed)) for instance in listed}) == 12


def test_an_instance_is_in_the_split_that_its_seed_says() -> None:
    assert all(split_of(instance.seed) == instance.split for instance in _made().listed)


def test_training_never_sees_a_value_that_is_held_out_for_tests() -> None:
    program = _program("north_bank")
    machine = Machine(program)
    table, column, held_out = next(
        (table, column, source.held_out)
        for table, one in program.tables.items()
        for column, source in (one.generate.columns if one.generate else {}).items()
        if isinstance(source, PoolSource) and source.held_out
    )
    seen: dict[str, set[object]] = {split: set() for split in SPLITS}
    for seed in range(40):
        start = machine.draw(next(iter(program.tasks)), seed)
        rows = machine.rows(start.state, table)
        seen[split_of(seed)] |= {row[column] for row in rows if str(row["key"]).startswith("g")}
    assert seen["test"] <= set(held_out)
    assert not (seen["train"] | seen["validation"]) & set(held_out)


def test_two_processes_make_the_same_instances_as_one() -> None:
    shared = build_instances(_program(), COUNTS, processes=2)
    assert shared.listed == _made().listed
    assert shared.plans == _made().plans
    assert shared.reports == _made().reports


def test_every_instance_is_solved_by_its_plan_in_as_many_steps_as_it_says() -> None:
    instances = _made()
    bundle = Bundle(_program(), instances.listed)
    for instance in bundle.instances["borrow-book"]:
        episode = bundle.episode(instance)
        plan = instances.plans["borrow-book", instance.n]
        ends = [episode.step(event).end_reason for event in plan]
        assert (ends[-1], len(plan)) == ("success", instance.steps)


def test_between_three_and_five_of_ten_are_impossible_where_some_may_be() -> None:
    instances = build_instances(_program("north_bank"), (10, 0, 0), task="raise-limit", processes=1)
    impossible = [instance for instance in instances.listed if instance.infeasible]
    assert 3 <= len(impossible) <= 5
    assert all(instances.plans["raise-limit", instance.n] == (Event("infeasible"),) for instance in impossible)
    assert all(instance.steps == 0 for instance in impossible)


def test_a_task_with_too_few_different_instances_says_what_it_found() -> None:
    shop = make.shop()
    plain = shop.rebuilt(tasks=tuple(task.rebuilt(wordings=task.wordings[:1]) for task in shop.tasks))
    report = build_instances(compile_flow(plain).program, (20, 5, 5), processes=1).reports["buy-item"]
    assert (report.asked, report.found) == (30, 6)
    assert report.doubles > 0
    assert "train" in report.short_of


def test_progress_ends_with_all_that_was_asked() -> None:
    told: list[tuple[int, int]] = []
    build_instances(_program(), COUNTS, processes=1, progress=lambda done, of, _: told.append((done, of)))
    assert told[-1] == (12, 12)


def _shelved(lengths: list[int]) -> Shelf:
    """Return a shelf for ten instances of training, filled with solutions of so many steps while it asks for more."""
    shelf, left = Shelf("some", (10, 0, 0), may_fail=False), iter(lengths)
    for piece in shelf.pieces():
        shelf.take({"drawn": [_solved(seed, next(left)) for seed in piece["seeds"]]})
    return shelf


def test_a_split_keeps_what_spreads_over_most_lengths_of_two_more_than_the_ten_that_it_holds() -> None:
    shelf = _shelved([5] * 8 + [6] * 2 + [7] * 100)
    assert [len(plan) for plan in shelf.plans()] == [5] * 6 + [6] * 2 + [7] * 2
    assert (shelf.report().drawn, shelf.report().found, shelf.report().short_of) == (12, 10, ())


def test_a_split_of_one_length_looks_at_no_more() -> None:
    assert _shelved([5] * 10 + [7] * 100).report().drawn == 10


def _solved(seed: int, length: int) -> dict[str, object]:
    """Return what the work on a seed brings where its solution has a length."""
    nothing = {"guessed": None, "twin": None, "reason": "", "stop": None}
    return {
        "seed": seed,
        "content": str(seed),
        "status": "solved",
        "explored": 1,
        "events": [("noop",)] * length,
        **nothing,
    }


def test_splits_of_one_or_two_fill_although_they_cannot_hold_the_right_share() -> None:
    few = build_instances(_program("north_bank"), (2, 1, 2), task="raise-limit", processes=1)
    assert (few.reports["raise-limit"].found, few.reports["raise-limit"].short_of) == (5, ())
