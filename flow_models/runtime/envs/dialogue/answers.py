"""Finds the action in a model's whole answer: behind its reasoning, in tags, in fences, as a tool call or in prose.

Where an answer says it more than once the last place of the strongest kind holds: a tool call, then `<action>`, then a
fence, then the text. Two different actions in one place are a fault, as is none; what was wrong is said in words that
a model can act on.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ...site.actions import SIGNATURES
from ...site.calls import UnreadableError, calls_in
from .offers import BY_NAME, written

_THOUGHT_ENDS: Final = re.compile(r"</(?:think|thinking|thought|reasoning|analysis)>", re.IGNORECASE)
_THOUGHT_BEGINS: Final = re.compile(r"<(?:think|thinking|thought|reasoning|analysis)>", re.IGNORECASE)
_TOOL_CALL: Final = re.compile(r"<(?:tool_call|function_call)>(.*?)(?:</(?:tool_call|function_call)>|\Z)", re.DOTALL)
_ACTION: Final = re.compile(r"<action>(.*?)(?:</action>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE: Final = re.compile(r"```[a-zA-Z_]*[ \t]*\r?\n?(.*?)(?:```|\Z)", re.DOTALL)

UNFINISHED: Final = "Your answer ends within its reasoning: close it, then give one action."
NONE: Final = "Your answer holds no action: end it with one call, such as click('12')."
SEVERAL: Final = "Your answer holds {count} different actions: give exactly one."
UNKNOWN: Final = "There is no action {name!r}. The actions are: {names}."


class FormatError(Exception):
    """An answer holds no action that could be tried; the message tells the model what to do instead."""


def action_in(answer: str, *, several: bool = False) -> str:
    """Return the action that an answer means, as the text of a call; where several are allowed, one line for each.

    Args:
        answer: All that the model wrote.
        several: Whether an answer may hold more than one action.

    Raises:
        FormatError: It holds none, or more than one where one is allowed.
    """
    said = without_reasoning(answer)
    for find in (_tool_calls, _tagged, _fenced, _plain):
        found = list(dict.fromkeys(find(said))) if not several else list(find(said))
        if len(found) > 1 and not several:
            raise FormatError(SEVERAL.format(count=len(found)))
        if found:
            return "\n".join(found)
    raise FormatError(NONE)


def without_reasoning(answer: str) -> str:
    """Return an answer without the thoughts before it.

    Raises:
        FormatError: There is nothing else.
    """
    *_, said = _THOUGHT_ENDS.split(answer)
    before, *unclosed = _THOUGHT_BEGINS.split(said)
    if unclosed and not any(_plain(before)):
        raise FormatError(UNFINISHED)
    return before if unclosed else said


def _tool_calls(said: str) -> Iterator[str]:
    """Yield the calls that are written as JSON: in tags of tool calls, or where the whole text is JSON."""
    tagged = _TOOL_CALL.findall(said)
    for text in tagged or ([said] if said.lstrip()[:1] in {"{", "["} else []):
        yield from _of_json(text.strip())


def _of_json(text: str) -> Iterator[str]:
    """Yield the calls of a JSON text; whatever else it may be gives none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for one in data if isinstance(data, list) else [data]:
        if isinstance(one, dict):
            yield from _of_object(one)


def _of_object(one: dict[str, Any]) -> Iterator[str]:
    """Yield the call that an object is: `name` and `arguments`, or that within `function`."""
    inner = one.get("function")
    one = inner if isinstance(inner, dict) else one
    name, arguments = one.get("name"), one.get("arguments", one.get("parameters", {}))
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments or "{}")
        except (ValueError, RecursionError):
            return
    if isinstance(name, str) and isinstance(arguments, dict):
        yield called(name, arguments)


def called(name: str, arguments: dict[str, Any]) -> str:
    """Return a tool call as the text of an action.

    Raises:
        FormatError: There is no such action.
    """
    if name not in BY_NAME:
        raise FormatError(UNKNOWN.format(name=name, names=", ".join(BY_NAME)))
    return written(name, arguments)


def _tagged(said: str) -> Iterator[str]:
    """Yield the calls within the last tags of an action."""
    return _last(_ACTION.findall(said))


def _fenced(said: str) -> Iterator[str]:
    """Yield the calls within the last fence that holds any."""
    return _last(_FENCE.findall(said))


def _last(places: list[str]) -> Iterator[str]:
    """Yield the calls of the last place that holds any."""
    found = (list(_any_call(place)) for place in reversed(places))
    yield from next((calls for calls in found if calls), [])


def _any_call(place: str) -> Iterator[str]:
    """Yield the calls of a place, as JSON or in a text."""
    as_json = list(_tool_calls(place))
    yield from as_json or _plain(place)


def _plain(said: str) -> Iterator[str]:
    """Yield the calls of actions that stand in a text; names that are no action belong to the prose."""
    try:
        found = calls_in(said)
    except UnreadableError:
        yield said  # the environment says what is wrong with it
        return
    for call in found:
        if call.name in SIGNATURES:
            arguments = [repr(value) for value in call.given]
            arguments += [f"{name}={value!r}" for name, value in call.named]
            yield f"{call.name}({', '.join(arguments)})"
