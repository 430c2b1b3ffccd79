"""NeMo Gym: a resources server in the form of Gymnasium, its rows, and the cases of its verifier fixture.

NeMo Gym looks for a server in a folder `resources_servers/NAME`; `NemoGym.write` makes it. A site that breaks is an
error of the server, so that the agent's run fails and the rollout is dropped.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fastapi import HTTPException
from nemo_gym.openai_utils import NeMoGymResponse
from resources_servers.gymnasium import GymnasiumServer, extract_text

from ...machine.episodes.variation import Variation
from ..bundle import Bundle
from ..dialogue.episode import TextEpisode
from ..dialogue.prompts import PromptStyle
from ..dialogue.rows import Listed, Row
from ..listing import BundleError
from ..solutions import Solutions

APP: Final = """import {module}

Server = {module}.adapter("nemo").server

if __name__ == "__main__":
    Server.run_webserver()
"""


class NemoGym:
    """What NeMo Gym takes of a package.

    Args:
        bundle: The exported package.
        tasks: The tasks; None for all.
        split: Which instances are listed.
        variation: In which variants they appear.
        seed: By what the variants are drawn.
        style: How attempts are told.

    Attributes:
        server: The class of the resources server.
        rows: The lines of its dataset: `responses_create_params` and `agent_ref` beside the keys of `rows`.

    Raises:
        BundleError: A task, split or variation does not exist.
    """

    def __init__(
        self,
        bundle: Bundle,
        tasks: Sequence[str] | str | None = None,
        split: str = "train",
        variation: Variation = "none",
        *,
        seed: int = 0,
        style: PromptStyle | None = None,
    ) -> None:
        self._bundle, self._tasks, self._style = bundle, tasks, style or PromptStyle()
        self.server = _server(bundle, self._style)
        self.rows = [self._row(row) for row in Listed(bundle, split, variation, tasks, seed)]

    def write(self, folder: Path | str) -> Path:
        """Write the server's folder into `resources_servers` of a folder, as `ng_run` and `ng_validate` look for it.

        Returns:
            The configuration, for `+config_paths`.
        """
        module = self._bundle.module
        place = Path(folder) / "resources_servers" / module
        requirement = f"{module}[nemo]=={self._bundle.program.version}\n"
        texts = {
            "app.py": APP.format(module=module),
            "requirements.txt": requirement,
            "data/example.jsonl": _lines(self.rows),
            "verifier_cases.jsonl": _lines(self.cases()),
            f"configs/{module}.yaml": json.dumps(self._config(), indent=2) + "\n",
        }
        for name, text in texts.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        return place / f"configs/{module}.yaml"

    def cases(self) -> list[dict[str, Any]]:
        """Return the four cases of its verifier fixture, for an instance of training on the site as drawn.

        Raises:
            BundleError: The package holds no solution of one.
        """
        row, solution = self._solved()
        solved, idle = {**row, "answers": list(solution)}, {**row, "answers": ["noop()"]}
        full, nothing = self.reward(solved), self.reward(idle)
        broken = {"responses_create_params": row["responses_create_params"], "answers": []}
        return [
            {"name": "solved", "kind": "full_reward", "request": solved, "expected_reward": full},
            {"name": "idle", "kind": "zero_reward", "request": idle, "expected_reward": nothing},
            {"name": "no_row", "kind": "malformed", "request": broken, "expected_error": "no row of the package"},
            {"name": "again", "kind": "determinism", "request": solved, "expected_reward": full},
        ]

    def reward(self, request: Mapping[str, Any]) -> float:
        """Return what the answers of a case earn, each case from a start of its own: what a fixture invokes.

        Raises:
            BundleError: The case is no row of the package.
            FaultError: The site broke.
        """
        episode = TextEpisode(self._bundle, style=self._style)
        episode.begin(request)
        return sum(episode.step(answer).checked().reward for answer in request["answers"])

    def _solved(self) -> tuple[dict[str, Any], tuple[str, ...]]:
        """Return the first row whose solution the package holds, of the site as drawn: variants number otherwise."""
        known = Solutions(self._bundle)
        for row in Listed(self._bundle, "train", "none", self._tasks):
            solution = known.of(row)
            if row["feasible"] and solution:
                return self._row(row), solution
        raise BundleError("The package holds no solution of these tasks, which the cases of a verifier fixture need")

    def _row(self, row: Row) -> dict[str, Any]:
        """Return a row as a line of the dataset; the first page comes from the server."""
        asked = {"input": [{"role": "system", "content": self._style.system}]}
        agent = {"type": "responses_api_agents", "name": f"{self._bundle.module}_agent"}
        return {**row, "responses_create_params": asked, "agent_ref": agent}

    def _config(self) -> dict[str, Any]:
        """Return the configuration of the server and of an agent that plays with it."""
        module, program = self._bundle.module, self._bundle.program
        about = {
            "domain": "agent",
            "description": program.title,
            "value": "Doing tasks on a website",
            "verified": False,
        }
        data = {"name": "example", "type": "example", "jsonl_fpath": f"resources_servers/{module}/data/example.jsonl"}
        agent = {
            "entrypoint": "app.py",
            "resources_server": {"type": "resources_servers", "name": module},
            "model_server": {"type": "responses_api_models", "name": "policy_model"},
            "max_steps": max(task.max_steps for task in program.tasks.values()),
            "datasets": [data],
        }
        return {
            module: {"resources_servers": {module: {"entrypoint": "app.py", **about}}},
            f"{module}_agent": {"responses_api_agents": {"gymnasium_agent": agent}},
        }


def _server(bundle: Bundle, style: PromptStyle) -> type[GymnasiumServer]:
    """Return the class of a server, whose sessions are attempts."""

    class Web(GymnasiumServer):
        async def reset(self, metadata: dict[str, Any], session_id: str | None = None) -> tuple[str, dict[str, Any]]:
            episode = TextEpisode(bundle, style=style)
            first = episode.begin(metadata)[-1]
            self.session_state[session_id] = episode
            return str(first["content"]), dict(episode.info)

        async def step(
            self, action: NeMoGymResponse, metadata: dict[str, Any], session_id: str | None = None
        ) -> tuple[str | None, float, bool, bool, dict[str, Any]]:
            del metadata
            if session_id not in self.session_state:
                raise HTTPException(409, "No attempt is running in this session: it has ended, or none was begun")
            turn = self.session_state[session_id].step(extract_text(action)).checked()
            info = {**turn.info, "reward_components": turn.info["reward_parts"]}
            return (None if turn.is_over else turn.text), turn.reward, turn.terminated, turn.truncated, info

    return Web


def _lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as JSONL."""
    return "".join(json.dumps(row) + "\n" for row in rows)
