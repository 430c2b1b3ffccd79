"""OpenEnv: environment, models, client, and the server with concurrent sessions and the interface of tasks.

Steps and resets run on the server's own thread: they are short, and so no two sessions touch what they share at once.
"""

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import uvicorn
from openenv.core import EnvClient
from openenv.core.client_types import StepResult
from openenv.core.env_server import Action, Environment, Observation, State, create_app
from openenv.core.env_server.types import EnvironmentMetadata

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.rows import Row, Rows

SESSIONS: Final = 64
"""Sessions that a server holds at once."""


class WebAction(Action):
    """What an agent says: the whole answer of a model, with one action in it."""

    text: str


class WebObservation(Observation):
    """What an agent reads next; `metadata` holds `info` of the text episode, and after a reset the system prompt."""

    text: str


class WebState(State):
    """Which attempt runs, and how it stands."""

    task: str = ""
    instance: int = -1
    end_reason: str = ""


class WebEnvironment(Environment[WebAction, WebObservation, WebState]):
    """One attempt after the other.

    Args:
        bundle: The exported package.
        rows: Its instances as they are listed.
        variation: In which variants attempts appear that are not named by a row.
        style: How attempts are told.
    """

    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self, bundle: Bundle, rows: Rows, variation: Variation, style: PromptStyle | None) -> None:
        super().__init__()
        self._bundle, self._rows = bundle, rows
        self._episode = TextEpisode(bundle, variation=variation, style=style)
        self._id: str | None = None

    def get_metadata(self) -> EnvironmentMetadata:
        """Return what the server says of itself."""
        program = self._bundle.program
        about = f"{program.title}: a simulated website with {len(self._bundle.task_names)} tasks"
        return EnvironmentMetadata(name=program.module, description=about, version=program.version)

    def list_splits(self) -> list[str]:
        """Return the splits."""
        return list(self._rows.splits)

    def list_tasks(self, split: str) -> list[Row]:
        """Return the rows of a split."""
        return list(self._rows.of(split))

    def num_tasks(self, split: str) -> int:
        """Return how many rows a split has."""
        return len(self._rows.of(split))

    def get_task(self, split: str, index: int) -> Row:
        """Return a row of a split.

        Raises:
            IndexError: It has no such row.
        """
        return self._rows.of(split)[index]

    def get_task_range(self, split: str, start: int | None = None, stop: int | None = None) -> list[Row]:
        """Return some rows of a split."""
        return self._rows.of(split)[start:stop]

    def reset(
        self,
        seed: int | None = None,
        episode_id: str | None = None,
        split: str = "train",
        index: int | None = None,
        **options: Any,
    ) -> WebObservation:
        """Begin an attempt: that of a row, by `split` and `index`, else as `TextEpisode.reset` takes it.

        Raises:
            BundleError: There is no such instance, split or variant.
            IndexError: There is no such row.
        """
        if index is not None:
            system, first = self._episode.begin(self.get_task(split, index))
        else:
            system, first = self._episode.reset(seed=seed, split=split, **options)
        self._id = episode_id
        told = {**self._episode.info, "system": system["content"], "goal": self._episode.goal}
        return WebObservation(text=first["content"], done=False, metadata=told)

    async def reset_async(
        self, seed: int | None = None, episode_id: str | None = None, **options: Any
    ) -> WebObservation:
        """Do the same without a thread."""
        return self.reset(seed, episode_id, **options)

    def step(self, action: WebAction, timeout_s: float | None = None, **options: Any) -> WebObservation:
        """Do what an answer says.

        Raises:
            FaultError: The site broke, so that the rollout is dropped.
            gymnasium.error.ResetNeeded: No attempt is running.
        """
        del timeout_s, options
        turn = self._episode.step(action.text).checked()
        return WebObservation(text=turn.text, reward=turn.reward, done=turn.is_over, metadata=turn.info)

    async def step_async(self, action: WebAction, timeout_s: float | None = None, **options: Any) -> WebObservation:
        """Do the same without a thread."""
        return self.step(action, timeout_s, **options)

    @property
    def state(self) -> WebState:
        """Which attempt runs, and how it stands."""
        info = self._episode.info
        told = {name: info[name] for name in ("task", "instance", "end_reason") if info}
        return WebState(episode_id=self._id, step_count=info.get("steps", 0), **told)


class WebClient(EnvClient[WebAction, WebObservation, WebState]):
    """The client of the server; `.sync()` is one for programs without `async`."""

    def _step_payload(self, action: WebAction) -> dict[str, Any]:
        return {"text": action.text}

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[WebObservation]:
        reward, done = payload.get("reward"), bool(payload.get("done"))
        told = WebObservation.model_validate({**payload["observation"], "reward": reward, "done": done})
        return StepResult(observation=told, reward=reward, done=done, metadata=told.metadata)

    def _parse_state(self, payload: dict[str, Any]) -> WebState:
        state: WebState = WebState.model_validate(payload)
        return state


def app(bundle: Bundle, variation: Variation = "full", style: PromptStyle | None = None) -> Any:
    """Return the server as a FastAPI application, with a web page where `ENABLE_WEB_INTERFACE` asks for one."""
    listed = Rows(bundle, variation)
    make = partial(WebEnvironment, bundle, listed, variation, style)
    return create_app(
        make, WebAction, WebObservation, env_name=bundle.module, max_concurrent_envs=SESSIONS, state_cls=WebState
    )


def serve(application: Any, arguments: Sequence[str] | None = None) -> None:
    """Run a server until it is ended; `--host` and `--port` say where it listens."""
    parser = argparse.ArgumentParser(description="Serve this package to OpenEnv's clients.")
    parser.add_argument("--host", default="127.0.0.1", help="where it listens; 0.0.0.0 for every address")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    uvicorn.run(application, host=options.host, port=options.port)
