"""Trying the tasks out in a process of its own."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

import resources
from app.document.trial import Trial
from flow_models.checks import Problem
from flow_models.checks.deep import QUESTIONS
from flow_models.document import storage
from flow_models.document.elements import Element
from flow_models.document.flow import Flow
from flow_models.processes.process import Crashed

LIBRARY = storage.load(resources.path("examples", "three_pages.flow.json"))


@pytest.fixture
def trial(qapp: object) -> Iterator[Trial]:
    made = Trial()
    made._pause.setInterval(1)
    yield made
    made.stop()


def with_limit(flow: Flow, steps: int) -> Flow:
    return flow.rebuilt(tasks=(flow.tasks[0].rebuilt(max_steps=steps), *flow.tasks[1:]))


@pytest.mark.slow
def test_a_limit_that_is_too_low_is_found_with_its_fix(trial: Trial, qtbot: QtBot) -> None:
    flow = with_limit(LIBRARY, 5)
    with qtbot.waitSignal(trial.found, timeout=60_000):
        trial.plan(flow, is_worth_it=True)
    (low,) = [problem for problem in trial.problems if problem.code == "running.low_limit"]
    assert low.fix is not None
    assert low.fix.edit(flow).tasks[0].max_steps > 5


def test_an_edit_ends_a_trial_and_drops_what_it_overtakes(trial: Trial, qtbot: QtBot) -> None:
    trial.plan(LIBRARY, is_worth_it=True)
    qtbot.waitUntil(lambda: trial._work.is_running)
    kept, dropped = (
        Problem(code, "hint", "x", (), (element,))
        for code, element in (
            ("kept", Element("page", LIBRARY.pages[0].id)),
            ("dropped", Element("task", LIBRARY.tasks[0].id)),
        )
    )
    trial._problems = (kept, dropped)
    trial.plan(with_limit(LIBRARY, 7), is_worth_it=False)
    assert trial.problems == (kept,)
    assert not trial._work.is_running


def test_how_far_a_trial_is_ends_with_nothing_under_way(trial: Trial, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    trial.progressed.connect(lambda done, parts: told.append((done, parts)))
    trial.plan(LIBRARY, is_worth_it=True)
    qtbot.waitUntil(lambda: (0, 0) in told, timeout=60_000)
    parts = 4 + len(QUESTIONS)
    assert told == [*((done, parts) for done in range(1, parts + 1)), (0, 0)]


def test_a_trial_that_fails_leaves_things_as_they_were(trial: Trial) -> None:
    known = (Problem("known", "hint", "x", (), ()),)
    told: list[tuple[int, int]] = []
    trial.progressed.connect(lambda done, parts: told.append((done, parts)))
    trial._problems = known
    trial._work.failed.emit(Crashed("It was ended.", ""))
    assert (trial.problems, told) == (known, [(0, 0)])


def test_a_flow_with_errors_is_not_tried(trial: Trial, qtbot: QtBot) -> None:
    trial.plan(LIBRARY, is_worth_it=False)
    qtbot.wait(20)
    assert not trial._work.is_running
