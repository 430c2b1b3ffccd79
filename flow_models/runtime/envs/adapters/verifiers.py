"""verifiers 0.4: a taskset and the environment that plays the user. A package ships both as the module `MODULE_vf`.

Each task replays its solution for `validate` where the package knows it: those of training ship with it; others are
taken from a file that `gymwright oracle` writes, which the setting `solutions` names.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import verifiers.v1 as vf

from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.rows import rows
from ..solutions import Solutions

STYLE = PromptStyle()


class Data(vf.TaskData):
    """The row of an instance, see `rows`, and its solution as actions where that is known."""

    task: str
    instance: int
    split: str
    variant: str
    goal: str
    feasible: bool
    steps: int
    solution: tuple[str, ...] | None = None


class Settings(vf.TasksetConfig):
    """Which instances are listed, in which variants, and where their solutions are."""

    tasks: list[str] | None = None
    split: str = "train"
    variation: str = "none"
    seed: int = 0
    solutions: str = ""


class Players(vf.EnvConfig):
    """Who plays: one agent without tools."""

    player: vf.AgentConfig = vf.AgentConfig(harness=vf.HarnessConfig(id="null"), runtime=vf.SubprocessConfig())


def taskset(bundle: Bundle) -> tuple[type[Any], type[Any]]:
    """Return the taskset and the environment of a package, for `__all__` of a module of their own."""

    class WebTask(vf.Task[Data]):
        async def validate(self, runtime: Any) -> bool | None:
            """Say whether the solution earns what an attempt can; None where it is not known."""
            del runtime
            if self.data.solution is None:
                return None
            episode = TextEpisode(bundle, style=STYLE)
            episode.begin(self.data.model_dump())
            turns = [episode.step(action) for action in self.data.solution]
            return bool(turns) and turns[-1].info["end_reason"] == "success"

        @vf.reward
        async def reward(self, trace: Any) -> float:
            return float(trace.info.get("total", 0.0))

    class WebTaskset(vf.Taskset[WebTask, Settings]):
        def load(self) -> Iterator[WebTask]:
            asked = self.config
            known = Solutions(bundle, Path(asked.solutions) if asked.solutions else None)
            for row in rows(bundle, asked.split, asked.variation, tasks=asked.tasks, seed=asked.seed):
                told = {"name": row["id"], "prompt": None, "system_prompt": STYLE.system, "solution": known.of(row)}
                yield WebTask(Data(**row, **told), asked.task)

    class WebEnv(vf.Env[Players]):
        async def run(self, task: Any, agents: Any) -> None:
            episode = TextEpisode(bundle, style=STYLE)
            first = episode.begin(task.data.model_dump())[-1]
            async with agents.player.interaction(task) as talk:
                answer = await talk.turn(first["content"])
                while not answer.terminated:
                    turn = episode.step(answer.last_reply).checked()
                    talk.trace.info.update(turn.info)
                    if turn.is_over:
                        talk.trace.stop(turn.info["end_reason"])
                        break
                    answer = await talk.turn(turn.text)
            for name, part in episode.parts.items():
                talk.trace.record_reward(name, part, weight=0.0)

    return WebTaskset, WebEnv
