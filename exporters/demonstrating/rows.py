"""A demonstration as a line of a set: for chat, for Parquet, or as a trace like BrowserGym's."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from exporters.demonstrating.playing import Played
from flow_models.runtime.envs.dialogue.prompts import Message

Row = dict[str, Any]

SEEN: Final = ("axtree_txt", "url", "focused_element_bid", "last_action", "last_action_error")
"""What a trace says of a page; the goal stands once for all of them."""


def chat(played: Played, mark: str) -> Row:
    """Return the talk, in which `weight` of each answer is 1 if it is to be learnt and 0 if not."""
    return {"messages": _weighed(played), "tools": list(played.tools), **_about(played, mark)}


def parquet(played: Played, mark: str) -> Row:
    """Return the talk for columns of one type each: arguments and tools are texts of JSON."""
    messages = [_flat(message) for message in _weighed(played)]
    return {"messages": messages, "tools": _json(played.tools), **_about(played, mark)}


def browsergym(played: Played, mark: str) -> Row:
    """Return the steps, each with what was seen, the action, and what it earned."""
    steps = [
        {
            **{name: moment.seen[name] for name in SEEN},
            "action": moment.action,
            "reward": moment.reward,
            "terminated": moment.terminated,
            "truncated": moment.truncated,
            "weight": int(moment.is_learnt),
        }
        for moment in played.moments
    ]
    return {"goal": played.goal, "trace": steps, **_about(played, mark)}


def minari(played: Played, mark: str) -> Row:
    """Return what it takes to play a demonstration again in the symbolic interface: the numbers of its actions."""
    return {"actions": list(played.numbers), **_about(played, mark)}


ROWS: Final[Mapping[str, Callable[[Played, str], Row]]] = {
    "chat": chat,
    "parquet": parquet,
    "browsergym": browsergym,
    "minari": minari,
}


def _about(played: Played, mark: str) -> Row:
    """Return what is to be said of any demonstration."""
    instance = played.case.instance
    return {
        "task": instance.task,
        "instance": instance.n,
        "variant": _json(played.case.variant.fields),
        "kind": played.kind,
        "steps": len(played.moments),
        "reward": played.reward,
        "canary": mark,
    }


def _weighed(played: Played) -> list[Message]:
    """Return the messages, each answer with its weight; each answer is one step."""
    weights = iter([int(moment.is_learnt) for moment in played.moments])
    return [
        {**message, "weight": next(weights)} if message["role"] == "assistant" else message
        for message in played.messages
    ]


def _flat(message: Message) -> Message:
    """Return a message with the arguments of its calls as texts."""
    if "tool_calls" not in message:
        return message
    calls = [
        {**call, "function": {**call["function"], "arguments": _json(call["function"]["arguments"])}}
        for call in message["tool_calls"]
    ]
    return {**message, "tool_calls": calls}


def _json(value: object) -> str:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False)
