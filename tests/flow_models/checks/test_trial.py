"""What a trial of a task does for the questions that are asked about it."""

from flow_models.checks.trial import GIVEN_UP, Trial
from flow_models.compiler import compile_flow
from flow_models.runtime.machine import Machine, Start
from flow_models.solver.solution import Budget, Solution
from flow_models.solver.solving import Solver
from tests.flow_models.checks.test_running import ordering


class Weary(Solver):
    """Gives up each time that it is asked."""

    asked = 0

    def solve(self, start: Start, *, max_steps: int = 0, budget: Budget | None = None) -> Solution:
        self.asked += 1
        return Solution("gave_up")


def test_after_a_few_searches_that_were_given_up_none_is_begun_for_what_a_question_makes_up() -> None:
    flow = ordering()
    machine = Machine(compile_flow(flow).program)
    solver = Weary(machine)
    trial = Trial(flow, machine, solver, flow.tasks[0], 1)
    assert [trial.way(start) for start in trial.starts[:20]] == [None] * 20
    assert solver.asked == GIVEN_UP


def test_a_search_that_ends_counts_for_nothing() -> None:
    flow = ordering()
    machine = Machine(compile_flow(flow).program)
    trial = Trial(flow, machine, Solver(machine), flow.tasks[0], 1)
    assert len(trial.starts) > GIVEN_UP + 1
    assert all(trial.way(start) for start in trial.starts[: GIVEN_UP + 2])
