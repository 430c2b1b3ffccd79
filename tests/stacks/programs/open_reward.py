"""Serves `librarydesk` by the Open Reward Standard and plays it with the client of `ors`."""

import json
import threading
import time
from typing import Any

import librarydesk
import uvicorn
from librarydesk.runtime.envs.dialogue.episode import TextEpisode
from ors.client import ORS, ToolCallError
from scripted import NOTHING, breaking, solution

CALL = TextEpisode(librarydesk.FOLDER).call_for


def played(session: Any, actions: list[str]) -> list[Any]:
    """Return what the tools answer."""
    return [session.call_tool(*CALL(action)) for action in actions]


def refused(session: Any, *call: Any) -> str:
    """Return the words with which a call is refused."""
    try:
        session.call_tool(*call)
    except (ToolCallError, RuntimeError) as error:
        return str(error)
    return ""


def main() -> None:
    """Print what was found."""
    server = uvicorn.Server(
        uvicorn.Config(librarydesk.adapter("ors", variation="none").app, port=0, log_level="critical")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    client = ORS(base_url=f"http://127.0.0.1:{port}")
    web = client.environment("librarydesk")
    found: dict[str, Any] = {
        "splits": {split: web.num_tasks(split) for split in web.list_splits()},
        "tools": sorted(one.name for one in web.list_tools()),
        "oracle": [],
    }
    tasks = web.list_tasks("train")
    for index, task in enumerate(tasks):
        with web.session(split="train", index=index) as session:
            found["goal is asked"] = task.task_spec["goal"] in session.get_prompt()[-1].text
            said = played(session, solution(task.task_spec))
            found["oracle"].append(sum(one.reward for one in said))
            found["end"] = (said[-1].finished, said[-1].metadata["end_reason"], said[-1].metadata["reward_parts"])
            after = session.call_tool("noop", {})
            found["after the end"] = (after.finished, after.reward, after.blocks[0].text)
    with web.session(split="train", index=0) as one, web.session(split="train", index=1) as other:
        first, second = solution(tasks[0].task_spec), solution(tasks[1].task_spec)
        played(one, first[:-1])
        found["noop"] = [one.reward for one in played(other, [NOTHING] * 3)]
        found["mixed"] = (played(other, second)[-1].finished, played(one, first[-1:])[-1].metadata["end_reason"])
    with web.session(split="train", index=0) as session:
        found["malformed"] = (refused(session, "click", {}), refused(session, "fly", {}))
        found["wrong"] = played(session, ["click('9999')"])[0].blocks[0].text
        with breaking():
            found["fault"] = refused(session, "noop", {})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
