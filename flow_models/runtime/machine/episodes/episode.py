"""One attempt at one instance: steps, rewards and ends.

Success makes the total 1 before step cost. Milestones pay once, when first true; success pays the rest; failure, a
wrong answer and a wrong report take milestones back. The order of ends is: failure rules, success, milestones, step
limit.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..base.errors import FormulaFaultError, MachineError
from ..base.events import Event
from ..base.results import REWARD_PARTS, Result
from ..base.variant import Variant
from ..pages.state import Start, State, Step
from .saved import Standing, standing_from_json, standing_to_json

if TYPE_CHECKING:
    from ..pages.view import View
    from .machine import Machine
    from .scoring import TaskRules


class Episode:
    """An attempt that remembers what has been earned.

    Only its methods change it; where it stands is read by everybody.

    Args:
        machine: The machine that plays it.
        start: The instance.
        infeasible: Whether the instance is known to be impossible, so that reporting it is right.
        has_limit: Whether the task's step limit ends it; whoever asks how long a solution is goes on beyond it.
    """

    _start: Start
    _state: State
    _reached: tuple[bool, ...]
    _infeasible: bool
    _log: list[Event]
    _end_reason: str
    _fault: str
    _rules: "TaskRules"

    def __init__(self, machine: "Machine", start: Start, *, infeasible: bool = False, has_limit: bool = True) -> None:
        self.machine = machine
        self._has_limit = has_limit
        unreached = (False,) * len(machine.rules(start.task).milestone_rewards)
        self._take_place(Standing(start, start.state, unreached, infeasible))

    @property
    def start(self) -> Start:
        """The instance."""
        return self._start

    @property
    def variant(self) -> Variant:
        """How the site appears."""
        return self._start.variant

    @property
    def state(self) -> State:
        """The present state."""
        return self._state

    @property
    def reached(self) -> tuple[bool, ...]:
        """Which milestones have paid."""
        return self._reached

    @property
    def log(self) -> Sequence[Event]:
        """Every event so far."""
        return self._log

    @property
    def end_reason(self) -> str:
        """Why the episode ended, empty while it runs."""
        return self._end_reason

    @property
    def fault(self) -> str:
        """Which formula failed, if that has ended it."""
        return self._fault

    @property
    def view(self) -> "View":
        """What the page shows now."""
        return self.machine.view(self._start, self.state)

    @property
    def goal(self) -> str:
        """What the agent is asked."""
        return self._start.goal

    @property
    def steps(self) -> int:
        """How many steps have been made."""
        return self._state.steps

    @property
    def paid(self) -> float:
        """What milestones have paid so far."""
        return sum(reward for reward, done in zip(self._rules.milestone_rewards, self._reached, strict=True) if done)

    def step(self, event: Event) -> Result:
        """Play one event.

        Raises:
            MachineError: The episode has ended.
        """
        if self._end_reason:
            raise MachineError(f"the episode has ended: {self._end_reason}")
        step = self.machine.step(self._start, self._state, event)
        self._state = step.state
        self._log.append(event)
        if step.fault:
            return self._broken(step, step.fault)
        if event.kind == "infeasible":
            return self._reported(step)
        verdict = self.machine.verdict(self._start, self._state)
        if verdict.fault:
            return self._broken(step, verdict.fault)
        if verdict.failure >= 0:
            return self._ended(step, "failure", -self._take_back())
        if event.kind == "message" and self._rules.is_question:
            return self._answered(step, event.value)
        if verdict.success:
            return self._succeeded(step)
        earned = self._milestones(verdict.milestones) if verdict.milestones else 0.0
        if self._has_limit and step.state.steps >= self._rules.max_steps:
            return self._ended(step, "step_limit", earned)
        cost = 0.0 - self._rules.step_cost
        return Result(earned + cost, False, False, "", step.error, step.transition, (0.0, earned, cost))

    def idle(self) -> Result | None:
        """Return what every step brings that changes neither data nor variables and says nothing, None if not sure."""
        verdict, rules = self.machine.verdict(self._start, self._state), self._rules
        if not rules.is_kept or verdict.fault or verdict.failure >= 0 or verdict.success:
            return None
        if any(now and not done for done, now in zip(self._reached, verdict.milestones, strict=True)):
            return None
        cost = 0.0 - rules.step_cost
        return Result(cost, False, False, "", "", None, (0.0, 0.0, cost))

    def type(self, texts: dict[str, str]) -> None:
        """Take over drafts that a browser holds, by field name; this is no step."""
        self._state = self.machine.typed(self._start, self.state, texts)

    def break_off(self, error: str) -> Result:
        """End because what shows the site was lost: no fault of the agent; return what that step brought."""
        self._end_reason = "environment_error"
        return Result(0.0, False, True, self._end_reason, error, None, (0.0,) * len(REWARD_PARTS))

    def copy(self) -> "Episode":
        """Return an attempt that goes its own way from here; states are immutable and shared."""
        return self._standing_at(self._standing())

    def at(self, state: State, reached: tuple[bool, ...] | None = None) -> "Episode":
        """Return an attempt that goes on from another state, reached in some other way than by its steps.

        Args:
            state: A state of the same instance.
            reached: Which milestones have paid there; as here if it is left out.
        """
        other = object.__new__(type(self))
        changed = {"_state": state, "_log": list(self._log), "_reached": self._reached if reached is None else reached}
        other.__dict__.update(self.__dict__, **changed)
        return other

    def go_on(self, state: State, reached: tuple[bool, ...]) -> None:
        """Go on from another state of the same instance, and forget what led here; see `at`."""
        self._state, self._reached, self._end_reason, self._fault = state, reached, "", ""
        self._log.clear()

    def known_infeasible(self) -> "Episode":
        """Return an attempt that stands here and whose instance is known to be impossible."""
        return self._standing_at(self._standing()._replace(infeasible=True))

    def get_state(self) -> dict[str, object]:
        """Return the whole attempt as plain JSON, from which `set_state` continues it."""
        return standing_to_json(self._standing(), self.machine.program_hash)

    def set_state(self, saved: dict[str, object]) -> None:
        """Continue from a saved attempt at a task of the same program, whatever this one was.

        Raises:
            SavedStateError: It belongs to another program or is damaged.
        """
        self._take_place(standing_from_json(saved, self.machine))

    def _standing(self) -> Standing:
        """Return all that this attempt remembers."""
        return Standing(
            self._start,
            self.state,
            self._reached,
            self._infeasible,
            tuple(self._log),
            self._end_reason,
            self._fault,
        )

    def _standing_at(self, standing: Standing) -> "Episode":
        """Return another attempt on the same machine."""
        other = Episode(self.machine, standing.start, has_limit=self._has_limit)
        other._take_place(standing)
        return other

    def _take_place(self, standing: Standing) -> None:
        """Remember what another attempt did, instead of one's own."""
        self._start, self._state, self._reached = standing.start, standing.state, standing.reached
        self._infeasible = standing.infeasible
        self._log = list(standing.log)
        self._end_reason, self._fault = standing.end_reason, standing.fault
        self._rules = self.machine.rules(standing.start.task)

    def _answered(self, step: Step, message: str) -> Result:
        """End a question by what was said."""
        try:
            is_right = not self._infeasible and self.machine.is_right_answer(self._start, self._state, message)
        except FormulaFaultError as fault:
            return self._broken(step, str(fault))
        if is_right and self.machine.data_is_unchanged(self._start, self._state):
            return self._succeeded(step)
        return self._ended(step, "answered_wrong", -self._take_back())

    def _reported(self, step: Step) -> Result:
        """End by the report that the task cannot be done."""
        if self._infeasible and self.machine.data_is_unchanged(self._start, self._state):
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
        self._fault = fault
        self._end_reason = "environment_error"
        return Result(0.0, False, True, self._end_reason, step.error, step.transition, (0.0, 0.0, 0.0))

    def _result(self, step: Step, reason: str, success: float, milestones: float) -> Result:
        """Note an end and return what the step brought."""
        self._end_reason = reason
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
        reached = tuple([done or now for done, now in zip(self._reached, holding, strict=True)])
        if reached == self._reached:
            return 0.0
        before = self.paid
        self._reached = reached
        return self.paid - before

    def _take_back(self) -> float:
        """Return what milestones have paid, which they lose."""
        paid = self.paid
        self._reached = (False,) * len(self._reached)
        return paid
