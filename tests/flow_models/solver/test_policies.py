"""Cheap policies: what each does, and that a task which it should not do is found by it."""

import random
from dataclasses import replace

import pytest

from exporters.export import _led_by_words
from flow_models.compiler import compile_flow
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Episode, Event, Machine
from flow_models.runtime.machine.base.program import Program
from flow_models.solver.audit import Audit, audit
from flow_models.solver.guessing import own_chance
from flow_models.solver.instances import build_instances
from flow_models.solver.policies import LIMITS, POLICIES, Attempt, choices_of
from tests.flaws.museum import MUSEUM
from tests.flaws.table import Edit, edits, sets

COUNTS = (12, 3, 3)
SEEDS = 18


def program_of(flow: Flow, task: str) -> Program:
    """Return the program of a flow with one task."""
    return compile_flow(flow.rebuilt(tasks=tuple(one for one in flow.tasks if one.name == task))).program


def shares(task: str, *changes: Edit) -> dict[str, float]:
    """Return what every policy earns at a task of the museum, changed."""
    program = program_of(edits(*changes)(MUSEUM), task)
    found = audit(program, build_instances(program, COUNTS, processes=1), seeds=SEEDS, processes=1)[task]
    return {policy: found.share(policy) for policy in LIMITS}


def test_every_policy_has_a_limit_and_a_place_on_the_card() -> None:
    assert list(POLICIES) == list(LIMITS)


def test_the_last_row_and_the_usual_place_are_found_where_the_goal_is_always_there() -> None:
    always_last = sets("parameter", "p_tour", "source.where", "title == 'Lace'")
    found = shares("book-tour", always_last, sets("parameter", "p_number", "source.maximum", "2"))
    assert found["usual_row"] == found["last_row"] > 0.2
    assert found["first_row"] == 0


def test_who_leaves_all_fields_as_they_are_is_found_where_they_hold_what_is_wanted() -> None:
    begins = sets("block", "f_tickets", "initial", "2")
    found = shares("book-tour", begins, sets("parameter", "p_number", "source.maximum", "2"))
    assert found["defaults"] == 0  # nobody fills what is there already, so there is nothing to leave
    half = shares("book-tour", begins, sets("parameter", "p_number", "source.maximum", "3"))
    assert half["defaults"] > LIMITS["defaults"]
    assert shares("book-tour")["defaults"] == 0


def test_who_denies_the_right_answer_or_says_all_that_it_sees_is_never_right() -> None:
    for task in ("price-of-tour", "guide-of-tour", "latest-price"):
        found = shares(task)
        assert found["negate"] == found["dump"] == 0
    yes_or_no = sets("task", "price-of-tour", "answer", "task.tour.price > 10")
    assert shares("price-of-tour", yes_or_no)["negate"] == 0


def test_whoever_matches_words_does_a_task_that_its_words_lead_through() -> None:
    found = shares("book-tour")
    assert found["keyword"] > 0.5
    assert shares("latest-price")["keyword"] < 0.5


def test_that_words_alone_lead_through_a_task_is_noted_and_fails_nothing() -> None:
    found = Audit("plain", 10, {**dict.fromkeys(LIMITS, 0), "keyword": 6}, 0.0, LIMITS)
    assert found.passed
    assert found.noted == ("keyword",)
    assert [replace(found, successes={**found.successes, "keyword": 5}).noted] == [()]
    said = list(_led_by_words({"plain": found}))
    assert "in 60% of attempts, more than 50%" in said[0]


@pytest.mark.parametrize(
    ("answer", "chance"),
    [("task.tour.price > 10", 0.5), ("task.tour.guide", 0.0), ("task.tour.price", 0.0)],
)
def test_a_question_is_judged_against_its_own_chance(answer: str, chance: float) -> None:
    program = program_of(sets("task", "price-of-tour", "answer", answer)(MUSEUM), "price-of-tour")
    assert own_chance(program, "price-of-tour") == chance
    found = audit(program, build_instances(program, COUNTS, processes=1), seeds=SEEDS, processes=1)["price-of-tour"]
    assert found.limits["frequent"] == pytest.approx(max(LIMITS["frequent"], chance * 1.2))
    assert found.limits["negate"] == found.limits["nothing"] == 0


def test_rows_and_options_are_told_by_what_stands_on_the_page() -> None:
    machine = Machine(program_of(MUSEUM, "book-tour"))
    start = machine.draw("book-tour", 0)
    view = machine.view(start, start.state)
    assert choices_of(Event("use", "choose", "tours_3"), view) == tuple(f"tours_{row}" for row in range(1, 11))
    assert choices_of(Event("use", "elsewhere"), view) == ()
    episode = Episode(machine, start)
    POLICIES["last_row"](Attempt(episode, 9, random.Random(0), (Event("use", "choose", "tours_3"),), "", ()))
    assert episode.state.record == "tours_10"
