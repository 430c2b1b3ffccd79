"""`gymwright play`: one instance in the terminal, by its solution or by random actions."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.commands.console import print_json, print_line
from app.commands.solving import task_names
from flow_models.compiler import compile_flow
from flow_models.document.storage import load
from flow_models.runtime.envs.bundle import Bundle
from flow_models.runtime.envs.interfaces.text import TextEnv
from flow_models.runtime.machine.base.events import Event
from flow_models.runtime.machine.base.results import END_REASONS
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
    machine = Bundle(program, {"program": program["hash"], "tasks": {}}).machine
    start = machine.draw(name, seed)
    solution = Solver(machine).solve(start) if policy == "solution" else None
    if solution is not None and solution.status == "gave_up":
        print_line(text("cli.play.unsolved", status=solution.reason))
        return 1
    instance = {"n": 0, "seed": seed, "split": "train", "steps": 0}
    instance["infeasible"] = solution is not None and solution.status == "infeasible"
    bundle = Bundle(program, {"program": program["hash"], "tasks": {name: {"instances": [instance]}}})
    env = TextEnv(bundle, [name])
    observation, _ = env.reset(seed=seed)
    env.action_space.seed(seed)
    if not as_json:
        print_line(text("cli.play.goal", goal=start.goal))
    steps: list[dict[str, object]] = []
    total, reason = 0.0, ""
    for action in _actions(env, None if solution is None else solution.events):
        if pages and not as_json:
            print_line(observation["axtree_txt"])
        observation, reward, terminated, truncated, info = env.step(action)
        total += reward
        error = observation["last_action_error"]
        steps.append({"action": action, "reward": reward, "url": observation["url"], "error": error})
        if not as_json:
            print_line(f"{len(steps):4}  {action}  {error.splitlines()[0] if error else ''}")
        if terminated or truncated:
            reason = END_REASONS[info["end_reason"]]
            break
    if as_json:
        print_json({"task": name, "goal": start.goal, "steps": steps, "end_reason": reason, "reward": total})
    else:
        print_line(text("cli.play.ended", reason=reason, steps=len(steps), reward=f"{total:.2f}"))
    return int(reason != "success")


def _actions(env: TextEnv, events: Sequence[Event] | None) -> Iterator[str]:
    """Yield the actions that do some events one after the other, or random ones for ever."""
    if events is None:
        while True:
            yield env.action_space.sample()
    for event in events:
        yield env.action_for(event)
