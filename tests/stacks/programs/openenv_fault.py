"""Plays a server whose site breaks, and prints with which words the step and the one after it are refused."""

import importlib
import json
import sys


def main(module: str, url: str) -> None:
    client = importlib.import_module(f"{module}.client")
    words = []
    with client.WebClient(base_url=url).sync() as session:
        session.reset(seed=0)
        for _ in range(2):
            try:
                session.step(client.WebAction(text="noop()"))
            except RuntimeError as error:
                words.append(str(error))
        words.append(session.reset(seed=0).observation.text)
    print(json.dumps(words))


if __name__ == "__main__":
    main(*sys.argv[1:])
