"""`gymwright play`: one instance in the terminal, by its solution or by random actions."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app.commands.console import print_json, print_line
from app.commands.solving import task_names
from flow_models.checks.stopping import why_stopped
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.envs.listing import Instance
from flow_models.runtime.machine import Machine
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.program import Program
from flow_models.runtime.machine.base.results import END_REASONS
from flow_models.solver.solution import Solution
from flow_models.solver.solving import Solver
from resources import text


def run(path: Path, *, task: str | None, policy: str, seed: int, pages: bool, as_json: bool) -> int:
    """Play one instance and print its steps; return 1 if it did not end in success.

    Raises:
        DocumentError: The file is not a flow.
        CompileError: The flow has mistakes.
        DrawError: No instance can be drawn with this seed.
    """
    program = compile_flow(load(path)).program
    name = task_names(program, task)[0]
    machine = Machine(program)
    start = machine.draw(name, seed)
    solution = Solver(machine).solve(start) if policy == "solution" else None
    if solution is not None and solution.status == "gave_up":
        print_line(text("cli.play.unsolved", why=why_stopped(program, solution)))
        return 1
    if solution is not None and solution.status == "untold":
        print_line(text("cli.play.untold"))
        return 1
    if not as_json:
        print_line(text("cli.play.goal", goal=start.goal))
    told = [] if as_json else [_print_page, _print_step] if pages else [_print_step]
    played = _played(_environment(program, name, seed, solution), seed, solution, told)
    if as_json:
        print_json({"task": name, "goal": start.goal, **played._asdict()})
    else:
        steps, reward = len(played.steps), f"{played.reward:.2f}"
        print_line(text("cli.play.ended", reason=played.end_reason, steps=steps, reward=reward))
    return int(played.end_reason != "success")


class Step(NamedTuple):
    """One step as it is printed; `before` is the page on which it was done."""

    number: int
    action: str
    reward: float
    url: str
    error: str
    before: str

    def as_data(self) -> dict[str, object]:
        """Return the step as JSON tells it."""
        return {"action": self.action, "reward": self.reward, "url": self.url, "error": self.error}


class Played(NamedTuple):
    """How an attempt went; `end_reason` is empty if it was not played to its end."""

    steps: list[dict[str, object]]
    end_reason: str
    reward: float


def _environment(program: Program, task: str, seed: int, solution: Solution | None) -> TextEnv:
    """Return an environment of the one instance."""
    is_infeasible = solution is not None and solution.status == "infeasible"
    return TextEnv(Bundle(program, [Instance(task, 0, seed, "train", is_infeasible)]), [task])


def _played(env: TextEnv, seed: int, solution: Solution | None, told: Sequence[Callable[[Step], None]]) -> Played:
    """Play to the end and tell each step."""
    observation, _ = env.reset(seed=seed)
    env.action_space.seed(seed)
    steps: list[dict[str, object]] = []
    total, reason = 0.0, ""
    for number, action in enumerate(_actions(env, None if solution is None else solution.events), 1):
        before = observation["axtree_txt"]
        observation, reward, terminated, truncated, info = env.step(action)
        total += reward
        step = Step(number, action, reward, observation["url"], observation["last_action_error"], before)
        steps.append(step.as_data())
        for tell in told:
            tell(step)
        if terminated or truncated:
            reason = END_REASONS[info["end_reason"]]
            break
    return Played(steps, reason, total)


def _print_page(step: Step) -> None:
    """Print the page on which a step was done."""
    print_line(step.before)


def _print_step(step: Step) -> None:
    """Print a step, and the first line of what was wrong with it."""
    print_line(f"{step.number:4}  {step.action}  {step.error.partition(chr(10))[0]}")


def _actions(env: TextEnv, events: Sequence[Event] | None) -> Iterator[str]:
    """Yield the actions that do some events one after the other, or random ones for ever."""
    if events is None:
        while True:
            yield env.action_space.sample()
    for event in events:
        yield env.action_for(event)
