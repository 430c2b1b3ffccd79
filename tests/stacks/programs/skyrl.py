"""Plays `librarydesk` through SkyRL-gym, whose rows and environments are made as its trainer makes them."""

import json
from typing import Any

import librarydesk
import skyrl_gym
from scripted import NOTHING, breaking, solution

STEPS = 5


def played(row: dict[str, Any], answers: list[str]) -> tuple[list[Any], Any]:
    """Return what an environment says to answers, and the environment."""
    env = skyrl_gym.make(row["env_class"], env_config={}, extras=row)
    said, _ = env.init(row["prompt"])
    assert [message["role"] for message in said] == ["system", "user"]
    assert row["extra_info"]["goal"] in said[-1]["content"]
    return [env.step(answer) for answer in answers], env


def broken(row: dict[str, Any]) -> str:
    """Return what a rollout raises whose site breaks."""
    with breaking():
        try:
            played(row, [NOTHING])
        except Exception as error:  # noqa: BLE001  # whatever it is, the trainer sees it
            return type(error).__name__
    return ""


def main() -> None:
    """Print what was found."""
    made = librarydesk.adapter("skyrl")
    found: dict[str, Any] = {"rows": len(made.rows), "oracle": []}
    for row in made.rows:
        said, env = played(row, [f"I think.\n{action}" for action in solution(row["extra_info"])])
        found["oracle"].append(sum(one["reward"] for one in said))
        found["end"] = (said[-1]["done"], said[-1]["observations"], said[-1]["metadata"]["end_reason"])
        found["metrics"] = env.get_metrics()
        env.close()
    idle, env = played(made.rows[0], [NOTHING] * STEPS)
    found["noop"] = sum(one["reward"] for one in idle)
    found["means"] = type(env).aggregate_metrics([found["metrics"], env.get_metrics()])
    found["wrong"] = played(made.rows[0], ["I do not know."])[0][0]["observations"][0]["content"]
    found["fault"] = broken(made.rows[0])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
