"""One attempt at one instance: steps, rewards and ends.

Success makes the total 1 before step cost. Milestones pay once, when first true; success pays the rest; failure, a
wrong answer and a wrong report take milestones back. The order of ends is: failure rules, success, milestones, step
limit.
"""

from typing import TYPE_CHECKING

from ..base.errors import FormulaFaultError, MachineError
from ..base.events import Event
from ..base.results import Result
from ..pages.state import Start, State, Step

if TYPE_CHECKING:
    from ..pages.view import View
    from .machine import Machine


class Episode:
    """An attempt that remembers what has been earned.

    Attributes:
        machine: The machine that plays it.
        start: The instance.
        infeasible: Whether the instance is known to be impossible, so that reporting it is right.
        state: The present state.
        end_reason: Why the episode ended, empty while it runs.
        log: Every event so far.
        reached: Which milestones have paid.
        fault: Which formula failed, if the end reason is `environment_error`.
    """

    def __init__(self, machine: "Machine", start: Start, *, infeasible: bool = False) -> None:
        self.machine = machine
        self.start = start
        self.infeasible = infeasible
        self.state: State = start.state
        self.end_reason = ""
        self.log: list[Event] = []
        self.fault = ""
        self._rules = machine.rules(start.task)
        self.reached: tuple[bool, ...] = (False,) * len(self._rules.milestone_rewards)

    @property
    def view(self) -> "View":
        """What the page shows now."""
        return self.machine.view(self.start, self.state)

    @property
    def goal(self) -> str:
        """What the agent is asked."""
        return self.start.goal

    @property
    def steps(self) -> int:
        """How many steps have been made."""
        return self.state.steps

    @property
    def paid(self) -> float:
        """What milestones have paid so far."""
        return sum(reward for reward, done in zip(self._rules.milestone_rewards, self.reached, strict=True) if done)

    def step(self, event: Event) -> Result:
        """Play one event.

        Raises:
            MachineError: The episode has ended.
        """
        if self.end_reason:
            raise MachineError(f"the episode has ended: {self.end_reason}")
        step = self.machine.step(self.start, self.state, event)
        self.state = step.state
        self.log.append(event)
        if step.fault:
            return self._broken(step, step.fault)
        if event.kind == "infeasible":
            return self._reported(step)
        verdict = self.machine.verdict(self.start, self.state)
        if verdict.fault:
            return self._broken(step, verdict.fault)
        if verdict.failure >= 0:
            return self._ended(step, "failure", -self._take_back())
        if event.kind == "message" and self._rules.is_question:
            return self._answered(step, event.value)
        if verdict.success:
            return self._succeeded(step)
        earned = self._milestones(verdict.milestones) if verdict.milestones else 0.0
        if step.state.steps >= self._rules.max_steps:
            return self._ended(step, "step_limit", earned)
        cost = 0.0 - self._rules.step_cost
        return Result(earned + cost, False, False, "", step.error, step.transition, (0.0, earned, cost))

    def type(self, texts: dict[str, str]) -> None:
        """Take over drafts that a browser holds, by field name; this is no step."""
        self.state = self.machine.typed(self.start, self.state, texts)

    def get_state(self) -> dict[str, object]:
        """Return the whole attempt as plain JSON, from which `set_state` continues it."""
        from .saved import to_json

        return to_json(self)

    def set_state(self, saved: dict[str, object]) -> None:
        """Continue from a saved attempt at a task of the same program, whatever this one was.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        from .saved import restore

        restore(self, saved)
        self._rules = self.machine.rules(self.start.task)

    def _answered(self, step: Step, message: str) -> Result:
        """End a question by what was said."""
        try:
            is_right = not self.infeasible and self.machine.is_right_answer(self.start, self.state, message)
        except FormulaFaultError as fault:
            return self._broken(step, str(fault))
        if is_right and self.machine.data_is_unchanged(self.start, self.state):
            return self._succeeded(step)
        return self._ended(step, "answered_wrong", -self._take_back())

    def _reported(self, step: Step) -> Result:
        """End by the report that the task cannot be done."""
        if self.infeasible and self.machine.data_is_unchanged(self.start, self.state):
            return self._succeeded(step)
        return self._ended(step, "infeasible_reported", -self._take_back())

    def _succeeded(self, step: Step) -> Result:
        """End with all that milestones have not paid yet."""
        return self._result(step, "success", 1.0 - self.paid, 0.0)

    def _ended(self, step: Step, reason: str, milestones: float) -> Result:
        """End without success."""
        return self._result(step, reason, 0.0, milestones)

    def _broken(self, step: Step, fault: str) -> Result:
        """Truncate because a formula failed: no fault of the agent."""
        self.fault = fault
        self.end_reason = "environment_error"
        return Result(0.0, False, True, self.end_reason, step.error, step.transition, (0.0, 0.0, 0.0))

    def _result(self, step: Step, reason: str, success: float, milestones: float) -> Result:
        """Note an end and return what the step brought."""
        self.end_reason = reason
        cost = 0.0 - self._rules.step_cost
        is_limit = reason == "step_limit"
        return Result(
            success + milestones + cost,
            not is_limit,
            is_limit,
            reason,
            step.error,
            step.transition,
            (success, milestones, cost),
        )

    def _milestones(self, holding: tuple[bool, ...]) -> float:
        """Return what milestones pay that hold for the first time."""
        reached = tuple([done or now for done, now in zip(self.reached, holding, strict=True)])
        if reached == self.reached:
            return 0.0
        before = self.paid
        self.reached = reached
        return self.paid - before

    def _take_back(self) -> float:
        """Return what milestones have paid, which they lose."""
        paid = self.paid
        self.reached = (False,) * len(self.reached)
        return paid
