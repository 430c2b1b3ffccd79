"""Drives the environment that a package gives TRL, as its trainer does, and prints what came of it as JSON."""

import json

import librarydesk
from librarydesk.runtime.envs.solutions import Solutions
from transformers.utils import get_json_schema


def main() -> None:
    web = librarydesk.adapter("trl")
    known = Solutions(librarydesk.runtime.envs.register.read(librarydesk.FOLDER))
    call_for = librarydesk.text_episode().call_for
    env = web.environment_factory()
    tools = [name for name in dir(env) if not name.startswith("_") and callable(getattr(env, name))]
    tools = [name for name in tools if name not in {"reset", "get_reward"}]
    schemas = [get_json_schema(getattr(env, name))["function"] for name in tools]
    solved, waited, starts = [], [], set()
    for row in web.train_dataset:
        starts |= {env.reset(**row), env.reset(**row)}
        for action in known.of(row) or ():
            name, arguments = call_for(action)
            last = getattr(env, name)(**arguments)
        named = {part.__name__: part(environments=[env])[0] for part in web.reward_funcs}
        solved.append([env.get_reward(), last, env.noop(), named])
        env.reset(**row)
        while "over" not in env.noop():
            pass
        waited.append(env.get_reward())
    variants = {row["variant"] for row in librarydesk.adapter("trl", variation="full").train_dataset}
    offered = [tool["function"] for tool in librarydesk.text_episode().tools]
    found = {
        "rows": len(web.train_dataset),
        "starts": len(starts),
        "variants": len(variants),
        "tools": {one["name"]: sorted(one["parameters"]["properties"]) for one in schemas},
        "offered": {one["name"]: sorted(one["parameters"]["properties"]) for one in offered},
        "solved": solved,
        "waited": waited,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
