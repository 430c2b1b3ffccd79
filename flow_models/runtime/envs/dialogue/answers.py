"""Finds the action in a model's whole answer: behind its reasoning, in tags, in fences, as a tool call or in prose.

Where an answer says it more than once the last place of the strongest kind holds: a tool call, then `<action>` or
`<answer>`, then `Action:`, then a fence, then JSON, then the text. Two different actions in one place are a fault, as
is none; what was wrong is said in words that a model can act on. How families of models write tool calls is in
`families`. A number for a text, as in `click(12)`, is taken for that text in every form: the model reads numbers in
brackets, and what it means is plain. The text interface itself refuses it, as BrowserGym does.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final

from ...site.actions import SIGNATURES
from ...site.calls import UnreadableError, Written, calls_in, is_broken
from .families import Said, has_marks, json_calls, marked_calls, within_lines
from .offers import BY_NAME, literal, parameters_of, written

_THOUGHTS: Final = r"(?:think|thinking|thought|reasoning|analysis|reflection|scratchpad|seed:think)"
# Tags; Magistral; Kimi; OpenThinker; gpt-oss.
_THOUGHT_ENDS: Final = re.compile(
    rf"</{_THOUGHTS}>|\[/THINK\]|\u25c1/think\u25b7|<\|end_of_thought\|>|<\|end\|>(?=<\|start\|>)", re.IGNORECASE
)
_THOUGHT_BEGINS: Final = re.compile(
    rf"<{_THOUGHTS}>|\[THINK\]|\u25c1think\u25b7|<\|begin_of_thought\|>|<\|channel\|>analysis<\|message\|>",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(r"\s*[a-z_]+\(.*\)\s*", re.DOTALL)
_ACTION: Final = re.compile(r"<(?:action|answer)>(.*?)(?:</(?:action|answer)>|\Z)", re.DOTALL | re.IGNORECASE)
_SPOKEN: Final = re.compile(
    r"^[ \t#*]*(?:next |final )?action[ *]*:(.*?)(?=^[ \t#*]*(?:next |final )?action[ *]*:|\Z)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_OBSERVED: Final = re.compile(r"^[ \t*]*Observation[ *]*:", re.MULTILINE)
_FENCE: Final = re.compile(r"```[a-zA-Z_]*[ \t]*\r?\n?(.*?)(?:```|\Z)", re.DOTALL)
_CURLY: Final = re.compile(r"(?<=[(,=\[])(\s*)[\u201c\u201d\u2018\u2019`]|[\u201c\u201d\u2018\u2019`](?=\s*[),\]])")
_HASH: Final = re.compile(rf"#(?=\d[^'\"\n]{{0,200}}?\b(?:{'|'.join(SIGNATURES)})\()")
_BEGUN: Final = re.compile(rf"\b({'|'.join(SIGNATURES)})\s*\(")

UNFINISHED: Final = "Your answer ends within its reasoning: close it, then give one action."
NONE: Final = "Your answer holds no action: end it with one call, such as click('12')."
NO_TEXT: Final = "Your answer is no text: give one with a call in it, such as click('12')."
BROKEN: Final = "A line breaks inside the quotes of your call: write \\n there instead."
UNREADABLE: Final = (
    "What follows {name}( in your answer is no whole call: close its quotes and its bracket, and put a \\ before "
    "quotes within a text."
)
GARBLED: Final = "The tool call in your answer is no JSON that can be read: check its quotes and brackets."
UNREAD: Final = "The arguments of {name} are no JSON object with their names, such as {example}."
SEVERAL: Final = "Your answer holds {count} different actions: give exactly one."
UNKNOWN: Final = "There is no action {name!r}. The actions are: {names}."
MISNAMED: Final = "There is no argument {key!r}. Those of {name} are: {keys}."
ENDLESS: Final = "A number in the arguments of {name} is none that can be used."


class FormatError(Exception):
    """An answer holds no action that could be tried; the message tells the model what to do instead."""


def action_in(answer: str | None, *, several: bool = False) -> str:
    """Return the action that an answer means, as the text of a call; where several are allowed, one line for each.

    Args:
        answer: All that the model wrote; None where that is no text.
        several: Whether an answer may hold more than one action.

    Raises:
        FormatError: It holds none, or more than one where one is allowed.
    """
    if answer is None:
        raise FormatError(NO_TEXT)
    if is_alone(answer):
        return "\n".join(_plain(answer))
    said = without_reasoning(answer)
    for find in (_marked, _tagged, _spoken, _fenced, _as_json, _in_line, _plain, _mended):
        found = list(find(said)) if several else list(dict.fromkeys(find(said)))
        if len(found) > 1 and not several:
            raise FormatError(SEVERAL.format(count=len(found)))
        if found:
            return "\n".join(found)
    raise FormatError(_missing(said))


def is_alone(answer: str) -> bool:
    """Say whether an answer is one call and nothing else, whose texts may hold whatever they like."""
    if _ALONE.fullmatch(answer) is None:
        return False
    try:
        return [call.name in SIGNATURES for call in calls_in(answer)] == [True]
    except UnreadableError:
        return False


def _missing(said: str) -> str:
    """Say why an answer holds no action."""
    begun = _BEGUN.search(said)
    if begun is None:
        return GARBLED if has_marks(said) else NONE
    return BROKEN if is_broken(said) else UNREADABLE.format(name=begun[1])


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


def _marked(said: str) -> Iterator[str]:
    """Yield the tool calls within the marks of a family of models, or those of a text that is JSON."""
    found = list(marked_calls(said))
    yield from _calls(found or (json_calls(said) if said.lstrip()[:1] in {"{", "["} else ()))


def _as_json(said: str) -> Iterator[str]:
    """Yield the calls that stand as JSON between prose."""
    return _calls(json_calls(said))


def _in_line(said: str) -> Iterator[str]:
    """Yield the calls that stand as JSON anywhere in lines, unless a call is around or beside it."""
    found, besides = within_lines(said)
    if found and not any(_plain(besides)):
        yield from _calls(found)


def _calls(found: Iterable[Said]) -> Iterator[str]:
    """Yield tool calls as the texts of actions."""
    for name, arguments in found:
        if "(" in name:
            yield from _plain(name)  # JSON whose action is a call in a text
        else:
            yield called(name, arguments)


def called(name: Any, arguments: Any) -> str:
    """Return a tool call as the text of an action.

    Raises:
        FormatError: There is no such action, or its arguments are nothing that could be tried.
    """
    name = str(name).rpartition(".")[2]  # as in functions.click
    if name not in BY_NAME:
        raise FormatError(UNKNOWN.format(name=name, names=", ".join(BY_NAME)))
    if not isinstance(arguments, Mapping):
        example = json.dumps({one.name: one.example for one in parameters_of(name)})
        raise FormatError(UNREAD.format(name=name, example=example))
    for key, value in arguments.items():
        if not (isinstance(key, str) and key.isidentifier()):
            keys = ", ".join(one.name for one in parameters_of(name))
            raise FormatError(MISNAMED.format(key=key, name=name, keys=keys or "none"))
        if isinstance(value, float) and not math.isfinite(value):
            raise FormatError(ENDLESS.format(name=name))
    return written(name, arguments)


def _tagged(said: str) -> Iterator[str]:
    """Yield the calls within the last tags of an action."""
    return _last(_ACTION.findall(said))


def _spoken(said: str) -> Iterator[str]:
    """Yield the calls behind the last `Action:`, before what the model takes for the answer of the site."""
    return _last(_SPOKEN.findall(_OBSERVED.split(said)[0]))


def _fenced(said: str) -> Iterator[str]:
    """Yield the calls within the last fence that holds any."""
    return _last(_FENCE.findall(said))


def _last(places: list[str]) -> Iterator[str]:
    """Yield the calls of the last place that holds any."""
    found = (list(_any_call(place)) for place in reversed(places))
    yield from next((calls for calls in found if calls), [])


def _any_call(place: str) -> Iterator[str]:
    """Yield the calls of a place, in a fence, as JSON or in a text."""
    for find in (_marked, _as_json, _in_line, _plain):
        found = list(find(place))
        if found:
            yield from found
            return


def _mended(said: str) -> Iterator[str]:
    """Yield the calls of a text whose quotes are those of a typesetter, or before which stands a number as in `#2`."""
    return _plain(_HASH.sub("", _CURLY.sub(r'\1"', said)))


def _plain(said: str) -> Iterator[str]:
    """Yield the calls of actions that stand in a text; names that are no action belong to the prose."""
    try:
        found = calls_in(said)
    except UnreadableError:
        yield said  # the environment says what is wrong with it
        return
    for call in found:
        if call.name in SIGNATURES:
            yield _of_call(call)


def _of_call(call: Written) -> str:
    """Return a call as it is passed on; an object alone, as in `functions.click({...})`, are its arguments by name."""
    if call.name in BY_NAME and len(call.given) == 1 and isinstance(call.given[0], dict):
        return called(call.name, {**call.given[0], **dict(call.named)})
    parameters = parameters_of(call.name)
    known = {one.name: one for one in parameters}
    arguments = [literal(one, value) for one, value in zip_longest(parameters[: len(call.given)], call.given)]
    arguments += [f"{name}={literal(known.get(name), value)}" for name, value in call.named]
    return f"{call.name}({', '.join(arguments)})"
