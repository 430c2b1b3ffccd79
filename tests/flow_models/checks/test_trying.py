"""Trying tasks out as a job: what it finds is the same on the other side, fixes included."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import resources
from app.document.trial import TRYING
from app.problems.strip import SHOWING
from flow_models.checks import trying
from flow_models.checks.deep import QUESTIONS
from flow_models.checks.plain import problems_of
from flow_models.checks.problem import Problem, SetValue, fix, problem
from flow_models.checks.running import check_by_running
from flow_models.document import storage
from flow_models.document.edits.parts import with_value
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.processes.jobs import named

LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))


class Heard:
    """Keeps what a job tells."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def tell(self, news: Any) -> None:
        self.told.append(list(news))

    def items(self) -> Iterator[Any]:
        yield from ()


def hurried() -> Flow:
    """The library with so few steps that nobody can do its task."""
    return LIBRARY.rebuilt(tasks=tuple(task.rebuilt(max_steps=5) for task in LIBRARY.tasks))


def test_findings_are_the_same_on_the_other_side_and_so_is_what_fixes_them() -> None:
    flow, heard = hurried(), Heard()
    told = json.loads(json.dumps(trying.try_out({"flow": storage.dumps(flow)}, heard)))
    there, here = problems_of(told), check_by_running(flow)
    assert there == here
    assert [one.fix for one in there] == [one.fix for one in here]
    [low] = [one for one in there if one.code == "running.low_limit"]
    assert low.fix is not None
    assert low.fix.edit(flow).tasks[0].max_steps > 5
    parts = 4 + len(QUESTIONS)
    assert heard.told == [[done, parts] for done in range(1, parts + 1)]


def test_a_fix_that_is_no_value_is_a_mistake_of_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    element = Element("task", LIBRARY.tasks[0].id, "max_steps")
    stuck = fix("raise_limit", lambda flow: with_value(flow, element, 9), limit=9)
    found: tuple[Problem, ...] = (problem("running.low_limit", "error", element, fix=stuck),)
    monkeypatch.setattr(trying, "check_by_running", lambda flow, progress: found)
    with pytest.raises(TypeError, match="raise_limit"):
        trying.try_out({"flow": storage.dumps(LIBRARY)}, Heard())


def test_a_value_is_set_in_the_flow_as_it_is_when_the_fix_is_chosen() -> None:
    edit = SetValue(Element("task", LIBRARY.tasks[0].id, "max_steps"), 33)
    assert edit(LIBRARY.rebuilt(title="Another")).tasks[0].max_steps == 33


def test_the_window_finds_its_jobs_by_name() -> None:
    assert [named(name) for name in (TRYING, SHOWING)] == [trying.try_out, trying.show_otherwise]
