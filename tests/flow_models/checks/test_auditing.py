"""The deep audit: a task for each process, its findings in the order of the tasks, walks included."""

import pytest

from flow_models.checks import auditing
from flow_models.checks.auditing import tried_deep
from flow_models.checks.running import check_by_running
from flow_models.document.flow import Flow
from flow_models.document.tasks import Milestone, Task
from tests.flow_models.checks import test_running


def several(count: int) -> Flow:
    """The same task a few times under several names; a reward of each is earned before it begins."""
    flow, _ = test_running.CASES["milestone_at_start"]
    [task] = flow.tasks
    assert task.milestones == (Milestone(when="seen == 0"),)
    return flow.rebuilt(tasks=tuple(_named(task, f"order-{number}") for number in range(count)))


def _named(task: Task, name: str) -> Task:
    parameters = tuple(one.rebuilt(id=f"{one.id}-{name}") for one in task.parameters)
    return task.rebuilt(id=name, name=name, parameters=parameters)


def test_each_task_is_tried_with_what_it_shows() -> None:
    flow = several(2)
    found = list(tried_deep(flow, instances=1))
    assert [one.task for one in found] == ["order-0", "order-1"]
    assert [one for tried in found for one in tried.problems] == list(check_by_running(flow, solved=1))


def test_only_the_named_tasks_are_tried() -> None:
    assert [one.task for one in tried_deep(several(3), ("order-1",), 1)] == ["order-1"]


def test_several_processes_find_the_same_in_the_same_order_with_the_same_walks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flow = several(3)
    here = list(tried_deep(flow, instances=1))
    monkeypatch.setattr(auditing, "worth_starting", lambda *_: 2)
    there = list(tried_deep(flow, instances=1))
    assert there == here
    walks = [[problem.walk for problem in one.problems] for one in here]
    assert [[problem.walk for problem in one.problems] for one in there] == walks
    assert any(walk is not None for walk in walks[0])


def test_more_instances_are_solved_than_while_one_draws() -> None:
    flow, _ = test_running.CASES["always_possible"]
    [tried] = tried_deep(flow, instances=4)
    [found] = [one for one in tried.problems if one.code == "running.always_possible"]
    assert dict(found.arguments)["count"] == "16"
