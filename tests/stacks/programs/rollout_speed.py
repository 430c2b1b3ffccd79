"""Says how much faster two actors of Ray play text episodes than one process: in turns, medians.

`python rollout_speed.py MODULE EPISODES TURNS`. Wall time depends on what else the computer does, so processor time
stands beside it: what an episode costs in the actors and the one that gives them work, against what it costs alone.
"""

import contextlib
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

module, episodes, turns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
PIECE = 16

bundle = importlib.import_module(module)._bundle


def of(name: str) -> Any:
    """Return a module of the package."""
    return importlib.import_module(f"{module}.runtime.envs.{name}")


plans, rolling = of("evaluating.plan"), of("rollouts.rolling")
crews, working = of("rollouts.crew"), of("rollouts.working")
who, how, spread = of("evaluating.who").who_of("random"), working.How(), rolling.Spread(piece=PIECE)
scope = plans.Scope(bundle.task_names, ("train",), ("plain",), 10, repeats=10_000)


def plan_of(seed: int) -> Any:
    """Return a plan of as many episodes as wanted."""
    plan = plans.planned(bundle, scope._replace(seed=seed))
    repeats = -(-episodes * scope.repeats // len(plan))
    return plans.planned(bundle, scope._replace(seed=seed, repeats=repeats))


def processor_s(pids: list[int]) -> float:
    """Return the processor time of some processes."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def alone(worker: Any, plan: Any) -> tuple[float, float]:
    """Play a plan in this process, and return wall and processor time an episode."""
    worker._plan = plan
    began, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for number, first in enumerate(range(0, len(plan), PIECE)):
            played = worker.play(range(first, min(first + PIECE, len(plan))))
            (Path(folder) / str(number)).write_bytes(played.data)
    return (time.perf_counter() - began) / len(plan), (time.process_time() - used) / len(plan)


def own_session(_: Any) -> int:
    """Give an actor a session of its own, so that Linux shares out to it as to any program, and say its number."""
    with contextlib.suppress(PermissionError):
        os.setsid()
    return os.getpid()


def together(crew: Any, plan: Any, pids: list[int]) -> tuple[float, float]:
    """Play it on warm actors, which know it already, and return the same."""
    with tempfile.TemporaryDirectory() as folder:
        gather = rolling.prepared(bundle, who, plan, Path(folder), how, spread, None)
        began, used = time.perf_counter(), processor_s([*pids, os.getpid()])
        gather(crew)
        return (time.perf_counter() - began) / len(plan), (processor_s([*pids, os.getpid()]) - used) / len(plan)


plan = plan_of(0)
worker = working.Worker(bundle, who, plan, how)
with crews.connected(None) as ray:
    crew = crews.RayCrew(ray, 2, 1.0, None, (bundle, who, plan, how))
    actors = [*crew._starting.values()]
    pids = ray.get([actor.__ray_call__.remote(own_session) for actor in actors])
    # Whoever plays has seen all pages before: each of the three has played the whole plan once.
    ray.get([actor.play.remote(range(len(plan))) for actor in actors])
    alone(worker, plan)
    found = [(alone(worker, plan), together(crew, plan, pids)) for _ in range(turns)]
    crew.close()

wall = [one[0] / two[0] for one, two in found]
cost = [2 * one[1] / two[1] for one, two in found]
whole = sum(one[0] for one, _ in found) / sum(two[0] for _, two in found)
told = {
    "episodes": len(plan),
    "episodes/s alone": round(statistics.median(1 / one[0] for one, _ in found), 1),
    "episodes/s together": round(statistics.median(1 / two[0] for _, two in found), 1),
    "ratio": round(statistics.median(wall), 2),
    "ratios": [round(one, 2) for one in wall],
    "ratio of all turns together": round(whole, 2),
    "ratio by processor time": round(statistics.median(cost), 2),
    "load": os.getloadavg()[0],
}
print(json.dumps(told))
