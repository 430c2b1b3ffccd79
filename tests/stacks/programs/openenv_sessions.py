"""Plays a package's OpenEnv server over WebSocket with its own client, and prints what came of it as JSON."""

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def solutions(package: Any) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Yield what `reset` takes with the actions that solve it."""
    for line in (Path(package.__file__).parent / "demonstrations" / "train.jsonl").read_text().splitlines():
        one = json.loads(line)
        yield {name: one[name] for name in ("task", "instance", "variant")}, one["actions"]


def refused(call: Callable[[], Any]) -> str:
    """Return with which words a call is refused; empty if it is not."""
    try:
        call()
    except RuntimeError as error:
        return str(error)
    return ""


def main(module: str, url: str) -> None:
    package, client = importlib.import_module(module), importlib.import_module(f"{module}.client")

    def connect() -> Any:
        return client.WebClient(base_url=url).sync()

    def act(session: Any, text: str) -> Any:
        return session.step(client.WebAction(text=text))

    known = list(solutions(package))
    found: dict[str, Any] = {"solved": [], "texts": [], "contract": []}
    with connect() as session:
        found["early"] = refused(lambda: act(session, "noop()"))
        for number, (asked, actions) in enumerate(known):
            first = session.reset(episode_id=f"e{number}", **asked)
            turns = [first, *(act(session, action) for action in actions)]
            found["texts"].append([turn.observation.text for turn in turns])
            last = turns[-1].metadata
            found["solved"].append([sum(turn.reward for turn in turns[1:]), last["end_reason"], last["reward_parts"]])
            state = session.state()
            found["contract"].append([state.episode_id == f"e{number}", state.step_count == len(actions)])
        found["late"] = refused(lambda: act(session, "noop()"))
        found["no_row"] = refused(lambda: session.reset(split="train", index=10_000))
        found["no_split"] = refused(lambda: session.reset(split="elsewhere"))
        turn = session.reset(split="validation", index=0)
        earned = []
        while not turn.done:
            turn = act(session, "I wait.\nnoop()")
            earned.append(turn.reward)
        found["waited"] = [sum(earned), turn.metadata["end_reason"]]
        session.reset(seed=3)
        found["unclear"] = act(session, "I do not know.").metadata["is_format_fault"]
    sessions = [connect() for _ in known]
    mixed = [[one.reset(**asked).observation.text] for one, (asked, _) in zip(sessions, known, strict=True)]
    for step in range(max(len(actions) for _, actions in known)):
        for one, texts, (_, actions) in zip(sessions, mixed, known, strict=True):
            if step < len(actions):
                texts.append(act(one, actions[step]).observation.text)
    for one in sessions:
        one.close()
    found["alike"] = mixed == found.pop("texts")
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
