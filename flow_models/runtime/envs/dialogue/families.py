"""Reads tool calls in the forms in which families of models write them, where a server has not read them already.

Each is a name and its arguments as JSON, or as elements, within marks of the family's chat template. JSON is read as
models write it: with line breaks within texts, and as a literal of Python where it is one. What calls mean is said in
`answers`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ...site.actions import LENGTH_LIMIT
from ...site.calls import UnreadableError, calls_in
from .offers import BY_NAME

Said = tuple[str, Any]
"""A name and its arguments, not yet checked."""

# Hermes and Qwen; Granite and Phi; Nemotron; Mistral; Llama; Phi.
_OBJECTS: Final = re.compile(
    r"(?:<(?:tool_call|function_call)>|<TOOLCALL>|<\|tool_call\|>|\[TOOL_CALLS\]|<\|python_tag\|>|\bfunctools(?=\[))"
    r"\s*(?=[{\[])",
    re.IGNORECASE,
)
# Llama; Mistral; DeepSeek 3 and 3.1; Kimi; gpt-oss; agents that reason and act.
_NAMED: Final = re.compile(
    r"(?:<function=|\[TOOL_CALLS\]\s*|<\uff5ctool\u2581call\u2581begin\uff5c>(?:function<\uff5ctool\u2581sep\uff5c>)?|<\|tool_call_begin\|>\s*|\bto=(?=functions\.)"
    r"|^[ \t#*]*Action[ *]*:[ \t*]*)(?:functions\.)?(\w+)"
    r"(?:>|\[ARGS\]|<\uff5ctool\u2581sep\uff5c>|(?::\d+)?\s*<\|tool_call_argument_begin\|>|[^{]{0,80}?<\|message\|>"
    r"|\s*Action Input[ *]*:)?"
    r"\s*(?:```(?:json)?\s*)?(?=\{)",
    re.MULTILINE,
)
# Qwen's coders; MiniMax and others.
_ELEMENT: Final = re.compile(
    r"<(?:function=|invoke name=\")(\w+)\"?>(?!\s*\{)(.*?)(?:</(?:function|invoke)>|\Z)", re.DOTALL
)
_PARAMETER: Final = re.compile(r"<parameter(?:=| name=\")(\w+)\"?[^>\n]*>(.*?)(?:</parameter>|\Z)", re.DOTALL)
# GLM.
_PAIRED: Final = re.compile(r"<tool_call>\s*(\w+)\s*((?:<arg_key>.*?)?)(?:</tool_call>|\Z)", re.DOTALL)
_PAIR: Final = re.compile(r"<arg_key>([^<]*)</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|\Z)", re.DOTALL)

# GLM-4.
_BARE: Final = re.compile(rf"(?:^|<\|assistant\|>)[ \t]*({'|'.join(BY_NAME)})[ \t]*\n?[ \t]*(?=\{{)", re.MULTILINE)

_JSON_LINE: Final = re.compile(r"^[ \t]*(?=[{\[])", re.MULTILINE)
_JSON_ANYWHERE: Final = re.compile(r"(?=[{\[])")
_ENDS: Final = re.compile(r"</|<\||\[/|```|\Z")
_READER: Final = json.JSONDecoder(strict=False)

_PLACES_LIMIT: Final = 50
"""Places where JSON may begin, the last ones of a text; a bound on the time that a text of brackets takes."""

_AROUND: Final = ("function", "tool_calls", "action")
NAMES: Final = ("name", "action", "tool", "tool_name")
ARGUMENTS: Final = ("arguments", "parameters", "args", "input", "action_input")


def marked_calls(text: str) -> Iterator[Said]:
    """Yield the calls of a text within the marks of any family, in order."""
    found = [(found.start(), said) for found in _lasts(_OBJECTS, text) for said in _sequence(text, found.end())]
    for form in (_NAMED, _BARE):
        found += [(found.start(), (found[1], read(text, found.end())[0])) for found in _lasts(form, text)]
    for element, part in ((_ELEMENT, _PARAMETER), (_PAIRED, _PAIR)):
        found += [(found.start(), (found[1], _parts(part, found[2]))) for found in element.finditer(text)]
    yield from (said for _, said in sorted(found, key=lambda one: one[0]))


def json_calls(text: str) -> Iterator[Said]:
    """Yield the calls that are JSON at the beginning of lines, without marks."""
    yield from (said for said, _, _ in _in_json(text, _JSON_LINE))


def within_lines(text: str) -> tuple[list[Said], str]:
    """Return the calls that are JSON anywhere in lines, without marks, and the text without them."""
    found, besides, behind = list[Said](), "", 0
    for said, start, end in _in_json(text, _JSON_ANYWHERE):
        found.append(said)
        besides, behind = besides + text[behind:start], end
    return found, besides + text[behind:]


def _in_json(text: str, form: re.Pattern[str]) -> Iterator[tuple[Said, int, int]]:
    """Yield the calls that are JSON at places of a form, each with where its JSON begins and ends."""
    read_to = 0
    for found in _lasts(form, text):
        if found.start() >= read_to:
            value, read_to = read(text, found.end())
            yield from ((said, found.end(), read_to) for said in _of_value(value))


def read(text: str, place: int) -> tuple[Any, int]:
    """Return the object or list that begins at a place of a text, and where it ends; None where it cannot be read."""
    try:
        return _READER.raw_decode(text, place)
    except (ValueError, RecursionError):
        ending = _ENDS.search(text, place, place + LENGTH_LIMIT)
        return (None if ending is None else _literal(text[place : ending.start()])), place


def _lasts(form: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the last places where a text has a form."""
    return list(form.finditer(text))[-_PLACES_LIMIT:]


def has_marks(text: str) -> bool:
    """Say whether a text has the marks of a tool call, whether or not that can be read."""
    return any(form.search(text) for form in (_OBJECTS, _NAMED, _ELEMENT))


def _literal(text: str) -> Any:
    """Return what a text is as a literal of Python, which takes single quotes and commas too many; None for nothing."""
    try:
        found = calls_in(f"_({text.strip()})")
    except UnreadableError:
        return None
    return found[0].given[0] if len(found) == 1 and len(found[0].given) == 1 else None


def _sequence(text: str, place: int) -> Iterator[Said]:
    """Yield the calls of one object behind the other, as Llama separates them with `;`."""
    while text[place : place + 1] in {"{", "["}:
        value, end = read(text, place)
        yield from _of_value(value)
        if end == place:
            return
        place = end + len(text[end:]) - len(text[end:].lstrip("; \n"))


def _of_value(value: Any) -> Iterator[Said]:
    """Yield the calls that JSON means: a name with arguments, that within `function`, or lists of such."""
    if isinstance(value, list):
        for one in value:
            yield from _of_value(one) if isinstance(one, dict) else ()
    elif isinstance(value, dict):
        inner = next((value[key] for key in _AROUND if isinstance(value.get(key), dict | list)), None)
        yield from _of_object(value) if inner is None else _of_value(inner)


def _of_object(one: dict[str, Any]) -> Iterator[Said]:
    """Yield the call that an object is; one that neither names an action nor has arguments is data."""
    name = next((one[key] for key in NAMES if isinstance(one.get(key), str)), None)
    given = next((one[key] for key in ARGUMENTS if key in one), None)
    if name is not None and (given is not None or "(" in name or name.rpartition(".")[2] in BY_NAME):
        yield name, arguments_of(given)


def arguments_of(given: Any) -> Any:
    """Return arguments that may be JSON in a text, or none at all; what cannot be read stays as it is."""
    if given is None or given == "":
        return {}
    read_as = read(given.strip(), 0)[0] if isinstance(given, str) else given
    return given if read_as is None else read_as


def _parts(part: re.Pattern[str], text: str) -> dict[str, str]:
    """Return the arguments that elements are; the line breaks beside a value belong to the form."""
    return {name.strip(): value.removeprefix("\n").removesuffix("\n") for name, value in part.findall(text)}
