"""What no flow can bring about is asked all the same; here it is brought about by hand."""

import pytest

import resources
from flow_models.checks.deep import answers, apart
from flow_models.checks.trial import Trial
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.machine import Episode, Machine
from flow_models.solver.solving import Solver
from tests.flaws.museum import MUSEUM


def trial_of(task: str) -> Trial:
    """Return the trial of one task of the museum."""
    machine = Machine(compile_flow(MUSEUM).program)
    found = next(one for one in MUSEUM.tasks if one.name == task)
    return Trial(MUSEUM, machine, Solver(machine), found, 2)


def test_episodes_of_the_museum_are_apart_and_go_on_from_where_they_were_saved() -> None:
    for task in MUSEUM.tasks:
        assert list(apart.problems(trial_of(task.name))) == []


def test_an_episode_that_leaves_something_behind_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = trial_of("book-tour")
    assert trial.solutions
    played: list[int] = []
    honest = Episode.get_state

    def counting(episode: Episode) -> dict[str, object]:
        played.append(1)
        return {**honest(episode), "fault": str(len(played))}

    monkeypatch.setattr(Episode, "get_state", counting)
    assert [one.code for one in apart.problems(trial)] == ["running.residue", "running.restored"]


def test_an_answer_that_is_refused_as_it_is_shown_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = trial_of("price-of-tour")
    assert [one.code for one in answers.problems(trial)] == []
    monkeypatch.setattr(Machine, "is_right_answer", lambda *_: False)
    assert [one.code for one in answers.problems(trial)] == ["running.answer_refused"]


@pytest.mark.parametrize("name", ["north_bank", "skylark_air", "three_pages", "block_zoo"])
def test_episodes_of_the_examples_are_apart(name: str) -> None:
    flow = load(resources.path("examples", f"{name}.flow.json"))
    machine = Machine(compile_flow(flow).program)
    task = flow.tasks[0]
    assert list(apart.problems(Trial(flow, machine, Solver(machine), task, 2, drawn=4))) == []
