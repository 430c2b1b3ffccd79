"""Lets the site break in BrowserGym and in its observations without a browser, and tells what each raises."""

import importlib
import json
import sys

import gymnasium as gym
from breaking import let_break


def main() -> None:
    """Break the first task in both ways."""
    module = importlib.import_module(sys.argv[1])
    ids = [module.adapter(name)[0] for name in ("browsergym", "browsergym_text")]
    let_break(sys.argv[1])
    found = {}
    for name in ids:
        env = gym.make(name)
        env.reset(seed=0)
        try:
            env.step("noop()")
        except RuntimeError as error:
            found[name] = type(error).__name__
        env.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
