"""The echo environment that `openenv init` writes, served: what others' sessions are compared with."""

import sys
from typing import Any
from uuid import uuid4

import uvicorn
from openenv.core.env_server import Action, Environment, Observation, State, create_app


class EchoAction(Action):
    message: str


class EchoObservation(Observation):
    echoed_message: str = ""
    message_length: int = 0


class EchoEnvironment(Environment):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self) -> None:
        super().__init__()
        self._state = State(episode_id=str(uuid4()), step_count=0)

    def reset(self, seed: int | None = None, episode_id: str | None = None, **kwargs: Any) -> EchoObservation:
        self._state = State(episode_id=episode_id or str(uuid4()), step_count=0)
        return EchoObservation(echoed_message="ready", reward=0.0)

    def step(self, action: EchoAction, **kwargs: Any) -> EchoObservation:
        self._state.step_count += 1
        message, length = action.message, len(action.message)
        metadata = {"original_message": message, "step": self._state.step_count}
        reward = min(length * 0.1, 1.0)
        return EchoObservation(echoed_message=message, message_length=length, reward=reward, metadata=metadata)

    @property
    def state(self) -> State:
        return self._state


if __name__ == "__main__":
    app = create_app(EchoEnvironment, EchoAction, EchoObservation, env_name="echo", max_concurrent_envs=64)
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
