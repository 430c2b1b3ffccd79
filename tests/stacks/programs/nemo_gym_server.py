"""Plays `librarydesk` through NeMo Gym: its agent for Gymnasium against our resources server, both as they are."""

import asyncio
import json
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import librarydesk
from fastapi import Request
from fastapi.testclient import TestClient
from nemo_gym.base_resources_server import BaseResourcesServerConfig
from nemo_gym.openai_utils import NeMoGymResponse
from nemo_gym.server_utils import ServerClient
from responses_api_agents.gymnasium_agent.app import (
    GymnasiumAgent,
    GymnasiumAgentConfig,
    GymnasiumAgentRunRequest,
)
from scripted import NOTHING, breaking, solution

MADE = librarydesk.adapter("nemo")


def server() -> TestClient:
    """Return a client of a new server."""
    config = BaseResourcesServerConfig(
        host="127.0.0.1", port=0, entrypoint="app.py", name="librarydesk", domain="agent"
    )
    made = MADE.server(config=config, server_client=MagicMock(spec=ServerClient))
    return TestClient(made.setup_webserver(), raise_server_exceptions=False)


def reply(text: str) -> dict[str, Any]:
    """Return what a model server answers."""
    said = {"type": "output_text", "text": text, "annotations": []}
    message = {"id": "m", "type": "message", "role": "assistant", "status": "completed", "content": [said]}
    kept = {"parallel_tool_calls": True, "tool_choice": "auto", "tools": []}
    return {"id": "r", "created_at": 0.0, "model": "m", "object": "response", "output": [message], **kept}


class Answer:
    """An answer of a server as the agent's client reads it."""

    def __init__(self, payload: Any, status: int = 200, cookies: Any = None) -> None:
        self.payload, self.status, self.cookies = payload, status, cookies or {}
        self.ok = status < 400
        self.content = self

    async def read(self) -> bytes:
        """Return its body."""
        return json.dumps(self.payload).encode()

    async def json(self) -> Any:
        """Return what it says."""
        return self.payload

    def raise_for_status(self) -> None:
        """Raise where the server failed."""
        if not self.ok:
            raise RuntimeError(f"the server answered {self.status}")


class Client(ServerClient):
    """Brings the agent's calls to our server, and a script in place of a model."""

    web: Any
    script: Any

    async def post(self, server_name: str, url_path: str, **given: Any) -> Any:
        """Do one call."""
        if server_name == "policy_model":
            return Answer(reply(next(self.script)))
        done = self.web.post(url_path, json=given["json"])
        return Answer(done.json() if done.status_code == 200 else {}, done.status_code, dict(done.cookies))


def played(row: dict[str, Any], answers: list[str]) -> Any:
    """Return what the agent reports of an attempt."""
    refs = {"resources_server": {"type": "resources_servers", "name": "librarydesk"}}
    refs["model_server"] = {"type": "responses_api_models", "name": "policy_model"}
    config = GymnasiumAgentConfig(host="127.0.0.1", port=0, entrypoint="app.py", name="agent", max_steps=30, **refs)
    client = Client.model_construct(web=server(), script=iter(answers))
    agent = GymnasiumAgent.model_construct(config=config, server_client=client)
    request = Request({"type": "http", "headers": [], "method": "POST", "path": "/run"})
    return asyncio.run(agent.run(request, GymnasiumAgentRunRequest.model_validate(row)))


def attempted(row: dict[str, Any], answers: list[str]) -> str:
    """Return what an attempt raises."""
    try:
        played(row, answers)
    except Exception as error:  # noqa: BLE001  # whatever it is, the agent's run fails
        return type(error).__name__
    return ""


def fixture() -> list[tuple[str, Any]]:
    """Run the four cases as NeMo Gym 0.7 does: each on a new instance, the last one twice."""
    found: list[tuple[str, Any]] = []
    for line in Path("resources_servers/librarydesk/verifier_cases.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        try:
            rewards = [librarydesk.adapter("nemo").reward(case["request"]) for _ in range(2)]
            found.append((case["kind"], rewards == [case["expected_reward"]] * 2))
        except Exception as error:  # noqa: BLE001  # the malformed case raises
            found.append((case["kind"], case["expected_error"] in str(error)))
    return found


def main() -> None:
    """Print what was found."""
    MADE.write(".")
    row = MADE.rows[0]
    done = [played(one, solution(one)) for one in MADE.rows]
    limit = librarydesk.tasks()[0].max_steps
    idle = played(row, [NOTHING] * limit)
    web = server()
    late = web.post("/step", json={**row, "response": NeMoGymResponse.model_validate(reply(NOTHING)).model_dump()})
    with breaking():
        fault = attempted(row, [NOTHING])
    found = {
        "oracle": [one.reward for one in done],
        "end": (done[0].terminated, done[0].truncated, done[0].info["end_reason"], done[0].info["reward_components"]),
        "noop": (idle.reward, idle.terminated, idle.truncated, idle.info["end_reason"]),
        "late": (late.status_code, late.json()),
        "fault": fault,
        "fixture": fixture(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
