"""Plays a package in BrowserGym and without a browser, side by side, and tells what came of it.

Arguments: the module, how many training instances of each task, a file of solutions of test instances or nothing, and
the tasks or nothing for all.
"""

import importlib
import json
import re
import sys
from typing import Any

import gymnasium as gym
from browsergym.core.action.functions import check, uncheck
from browsergym.core.action.highlevel import HighLevelActionSet
from browsergym.utils.obs import flatten_axtree_to_str, flatten_dom_to_str

SAME = ("goal", "goal_object", "url", "open_pages_urls", "open_pages_titles", "focused_element_bid", "last_action")
ACTIONS = HighLevelActionSet(["chat", "infeas", "bid", "nav", "custom"], custom_actions=[check, uncheck])
PASSING = re.compile(r" (?:selected|data-here)(?=[ >])|t[0-9a-f]{18}")
"""What documents may differ in: names that one rendering knows, and what a page was loaded with."""


def axtree(observation: dict[str, Any]) -> str:
    """Return the page as BrowserGym prints it, without how its lines are wrapped."""
    lines = flatten_axtree_to_str(observation["axtree_object"]).split("\n")
    return "\n".join(line for line in lines if not line.lstrip("\t").startswith("InlineTextBox "))


def document(observation: dict[str, Any]) -> list[str]:
    """Return the tags of the document, without those of its style sheet and what they may differ in."""
    tags = re.findall(r"<[^/:!][^>]*>", flatten_dom_to_str(observation["dom_object"]))
    return [PASSING.sub("", re.sub(r'=""', "", re.sub(r"\s+", " ", tag))) for tag in tags]


def differing(real: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """Return the names of what the two observations do not have in common."""
    found = [name for name in SAME if real[name] != ours[name]]
    found += [name for name, of in (("axtree", axtree), ("document", document)) if of(real) != of(ours)]
    said = [[(one["role"], one["message"]) for one in seen["chat_messages"]] for seen in (real, ours)]
    found += ["chat"] * (said[0] != said[1]) + ["keys"] * (real.keys() != ours.keys())
    bids = [seen["extra_element_properties"].keys() for seen in (real, ours)]
    return found + ["bids"] * (bids[0] != bids[1])


def cheated(name: str, **task_kwargs: Any) -> dict[str, Any]:
    """Return what the known solution of an instance earns."""
    env = gym.make(name, task_kwargs={**task_kwargs, "unknown": True}, pre_observation_delay=0.0)
    env.reset(seed=0)
    it: Any = env.unwrapped
    it.task.cheat(it.page, it.chat.messages)
    reward, done, _, info = it.task.validate(it.page, it.chat.messages)
    env.close()
    return {"reward": reward, "done": done, "end": info["end_reason"], "steps": info["steps"]}


def idle(name: str) -> float:
    """Return what doing nothing earns in some steps."""
    env = gym.make(name, pre_observation_delay=0.0)
    env.reset(seed=0)
    total = sum(float(env.step("noop(1)")[1]) for _ in range(3))
    env.close()
    return total


def side_by_side(real_name: str, text_name: str, actions: tuple[str, ...], instance: int) -> list[str]:
    """Return how the browser and the text differ on the way of a solution."""
    options: dict[str, Any] = {"task_kwargs": {"instance": instance}}
    real = gym.make(real_name, pre_observation_delay=0.2, action_mapping=ACTIONS.to_python_code, **options)
    ours = gym.make(text_name, headless=True, action_mapping=ACTIONS.to_python_code, **options)
    seen, same = real.reset(seed=0)[0], ours.reset(seed=0)[0]
    found = [f"start: {one}" for one in differing(seen, same)]
    for action in actions:
        seen, *brought, info = real.step(action)
        same, *brought_too, info_too = ours.step(action)
        found += [f"{action}: {one}" for one in differing(seen, same)]
        if brought != brought_too or info["task_info"] != info_too["task_info"]:
            found.append(f"{action}: {brought} {info['task_info']}, {brought_too} {info_too['task_info']}")
    real.close()
    return found


def main() -> None:
    """Play everything."""
    name, count, solutions, *tasks = sys.argv[1:]
    module = importlib.import_module(name)
    bundle = importlib.import_module(f"{name}.runtime.envs.bundle").Bundle.read(module.FOLDER)
    known = importlib.import_module(f"{name}.runtime.envs.solutions").Solutions(bundle)
    ids = dict(zip(bundle.task_names, module.adapter("browsergym"), strict=True))
    texts = dict(zip(bundle.task_names, module.adapter("browsergym_text"), strict=True))
    report: dict[str, Any] = {"cheated": {}, "idle": {}, "differences": [], "test": {}}
    for task in tasks or bundle.task_names:
        numbers = [one.n for one in bundle.instances[task] if one.split == "train"][: int(count)]
        report["cheated"][task] = [cheated(ids[task], instance=number) for number in numbers]
        report["idle"][task] = idle(ids[task])
        way = known.of({"task": task, "instance": numbers[0], "variant": {}})
        report["differences"] += [f"{task}: {one}" for one in side_by_side(ids[task], texts[task], way, numbers[0])]
        if solutions:
            tests = [one.n for one in bundle.instances[task] if one.split == "test"]
            report["test"][task] = cheated(ids[task], split="test:instances", instance=tests[0], solutions=solutions)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
