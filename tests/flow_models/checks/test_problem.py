"""Problems that say the same are one, with all walks that show it."""

from dataclasses import replace

import pytest

from flow_models.checks.problem import OTHERS, Problem, distinct, fix, problem
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.solver.walk import Walk

BARE = problem("page.unreachable", "error", Element("page", "a"))


def walked(*seeds: int) -> list[Problem]:
    return [replace(BARE, walk=Walk("task", seed)) for seed in seeds]


def test_equal_problems_are_one_and_others_stay_in_their_order() -> None:
    other = problem("page.unreachable", "error", Element("page", "b"))
    assert distinct((BARE, other, BARE)) == (BARE, other)


def test_the_one_that_shows_a_walk_is_kept_wherever_it_stands() -> None:
    [found] = distinct((BARE, *walked(3)))
    assert found.walk == Walk("task", 3)
    assert found.others == ()


def test_walks_of_other_instances_are_kept_once_each_and_not_too_many() -> None:
    [found] = distinct(walked(0, 1, 1, 0, 2, 3, 4, 5, 6))
    assert [walk.seed for walk in found.others] == [1, 2, 3, 4][:OTHERS]
    assert distinct((found,))[0].others == found.others


SUCCESS, AMOUNT = Element("task", "k", "success"), Element("parameter", "amount")


def nothing(flow: Flow) -> Flow:
    return flow


def test_what_a_walk_shows_is_not_told_of_the_drawing_too_and_takes_over_its_fix() -> None:
    mending = fix("expect_parameter", nothing, parameter="a", column="b")
    drawn = problem("task.told_unjudged", "warning", SUCCESS, AMOUNT, fix=mending)
    shown = replace(problem("running.other_counts", "error", SUCCESS, AMOUNT), walk=Walk("task", 3))
    [found] = distinct((drawn, shown))
    assert (found.code, found.severity, found.walk, found.fix) == (shown.code, "error", shown.walk, mending)
    own = fix("expect_parameter", nothing, parameter="c", column="d")
    assert [one.fix for one in distinct((drawn, replace(shown, fix=own)))] == [own]


def test_what_a_walk_shows_of_something_else_leaves_the_drawing_s_problem() -> None:
    drawn = problem("task.told_unjudged", "warning", SUCCESS, AMOUNT)
    for shown in (
        problem("running.other_counts", "error", SUCCESS, Element("parameter", "payee")),
        problem("running.other_counts", "error", SUCCESS),
        problem("running.second_counts", "warning", SUCCESS, AMOUNT),
    ):
        assert distinct((drawn, shown)) == (drawn, shown)


WALK = Walk("task", 3)
FOLLOWING = {
    "running.answer_guessed": ("answer", "task.told_unjudged", "answer"),
    "running.success_unchanged": ("success", "task.passing_counts", "success.also"),
    "running.milestone_unreached": ("milestones.1.when", "running.milestone_wandering", "milestones.1.when"),
    "running.gave_up_all": ("success", "task.rule_never", "success.changes.0.where"),
    "running.never": ("success", "task.rule_never", "success.also"),
}


@pytest.mark.parametrize("code", FOLLOWING)
def test_what_follows_from_another_problem_is_told_with_it_and_not_beside_it(code: str) -> None:
    at, causing, inside = FOLLOWING[code]
    cause = problem(causing, "warning", Element("task", "k", inside), AMOUNT)
    symptom = replace(problem(code, "error", Element("task", "k", at)), walk=WALK)
    [found] = distinct((symptom, cause))
    assert (found.code, found.severity, found.walk) == (causing, "error", WALK)
    for elsewhere in (Element("task", "other", inside), Element("task", "k", "failures.0.when")):
        beside = replace(cause, elements=(elsewhere,))
        assert distinct((symptom, beside)) == (symptom, beside)


def test_each_part_that_makes_success_impossible_stays_and_nothing_that_follows_does() -> None:
    causes = [problem("task.rule_never", "error", Element("task", "k", f"success.{part}")) for part in ("also", "x")]
    assert distinct((problem("running.never", "error", SUCCESS), *causes)) == tuple(causes)
