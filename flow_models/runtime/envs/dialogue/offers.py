"""The actions as a model is told them: once, and from that as calls in a text and as tool schemas.

What an action does is in `site.resolve`; which parameters it has, in `site.actions.SIGNATURES`. Here stand the words,
and the parameters that a model needs: those that only pixels or timing give a meaning are left out.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

Schema = dict[str, Any]


class Parameter(NamedTuple):
    """One parameter of an action.

    Attributes:
        name: Its name, as in `SIGNATURES`.
        about: What it means, in words.
        type: Its type as JSON Schema names it.
        example: A value as it may stand in a call.
        is_needed: Whether it must be given.
    """

    name: str
    about: str
    type: str = "string"
    example: str | float = "12"
    is_needed: bool = True


class Offer(NamedTuple):
    """One action as a model is told it: its name, what it does in one sentence, and its parameters."""

    name: str
    about: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def call(self) -> str:
        """An example of it as a call, such as `fill('12', 'a text')`."""
        return written(self.name, {one.name: one.example for one in self.parameters if one.is_needed})

    @property
    def schema(self) -> Schema:
        """The action as a tool in the form of OpenAI's chat interface: `{"type": "function", "function": {...}}`."""
        properties = {one.name: {"type": one.type, "description": one.about} for one in self.parameters}
        parameters = {
            "type": "object",
            "properties": properties,
            "required": [one.name for one in self.parameters if one.is_needed],
            "additionalProperties": False,
        }
        function = {"name": self.name, "description": self.about, "parameters": parameters}
        return {"type": "function", "function": function}


IN_PYTHON: Final[Mapping[str, type[str] | type[float]]] = {"string": str, "number": float}
"""The types of parameters in Python."""

_NUMBER: Final = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?", re.ASCII)

_ELEMENT: Final = Parameter("bid", "The number in brackets before the element.")

OFFERS: Final = (
    Offer("click", "Click an element: a button, a link, a box, a tab, an option.", (_ELEMENT,)),
    Offer(
        "fill",
        "Replace what stands in a text field.",
        (_ELEMENT, Parameter("value", "The text that shall stand there.", example="some text")),
    ),
    Offer(
        "select_option",
        "Choose an option of a list of choices.",
        (_ELEMENT, Parameter("options", "The option as the page shows it.", example="an option")),
    ),
    Offer("check", "Tick a box or choose a radio button.", (_ELEMENT,)),
    Offer("uncheck", "Take the tick from a box.", (_ELEMENT,)),
    Offer("clear", "Empty a text field.", (_ELEMENT,)),
    Offer(
        "press",
        "Press a key while an element has the focus.",
        (
            _ELEMENT,
            Parameter("key_comb", "The key as Playwright names it, such as Enter or Control+a.", example="Enter"),
        ),
    ),
    Offer("focus", "Give an element the focus.", (_ELEMENT,)),
    Offer("hover", "Move the mouse over an element.", (_ELEMENT,)),
    Offer("dblclick", "Click an element twice.", (_ELEMENT,)),
    Offer(
        "scroll",
        "Scroll the page; where a page is said in parts, down shows the next part and up the one before.",
        (
            Parameter("delta_x", "Pixels to the right.", "number", 0),
            Parameter("delta_y", "Pixels down; less than 0 is up.", "number", 600),
        ),
    ),
    Offer("go_back", "Go back to the page before."),
    Offer("go_forward", "Go forward again after going back."),
    Offer(
        "goto",
        "Open an address of the site.",
        (Parameter("url", "The whole address.", example="https://example.test/"),),
    ),
    Offer("noop", "Do nothing."),
    Offer(
        "send_msg_to_user",
        "Say something to the user; where something was asked this is the answer, and ends the attempt.",
        (Parameter("text", "What is said; as an answer, the asked value alone.", example="the answer"),),
    ),
    Offer(
        "report_infeasible",
        "Say that what is asked cannot be done; ends the attempt.",
        (Parameter("reason", "Why not.", example="there is no such order"),),
    ),
)
"""All actions that a page may take, the most used first."""

BY_NAME: Final[Mapping[str, Offer]] = {offer.name: offer for offer in OFFERS}


def as_calls() -> str:
    """Return a line for each action: an example call and what it does."""
    return "\n".join(f"{offer.call}  # {offer.about}" for offer in OFFERS)


def as_tools() -> list[Schema]:
    """Return the actions as tool schemas; the list is the caller's to change."""
    return [offer.schema for offer in OFFERS]


def written(name: str, arguments: Mapping[str, Any]) -> str:
    """Return an action as a call in a text, whose arguments are literals of Python.

    Values are written as `literal` does.
    """
    known = {one.name: one for one in parameters_of(name)}
    parts = [f"{key}={literal(known.get(key), value)}" for key, value in arguments.items()]
    if list(arguments) == list(known)[: len(arguments)]:
        parts = [part.partition("=")[2] for part in parts]
    return f"{name}({', '.join(parts)})"


def parameters_of(name: str) -> tuple[Parameter, ...]:
    """Return the parameters of an action, none where it is not offered."""
    return BY_NAME[name].parameters if name in BY_NAME else ()


def literal(parameter: Parameter | None, value: object) -> str:
    """Return a value of a parameter as a literal of Python.

    A number where a text is meant, as models give for `bid`, is written as a text, and the other way round; what else
    does not fit is written as it is, so that the environment refuses it in its own words.
    """
    is_text = parameter is not None and parameter.type == "string"
    if is_text and isinstance(value, int | float) and not isinstance(value, bool):
        value = json.dumps(value)
    if parameter is not None and parameter.type == "number" and isinstance(value, str) and _NUMBER.fullmatch(value):
        return value
    return repr(value)
