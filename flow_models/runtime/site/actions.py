"""The texts of actions: one call with literal arguments, as BrowserGym's agents write them, and of their errors.

What an action does on a page is in `resolve`. A text is parsed with `ast` against an allow-list and never run. Unlike
BrowserGym's parser, which looks for calls anywhere in a text, this one wants the text to be the call: an action hidden
in prose is refused rather than guessed. Why an element takes no action the machine says (`uses`); here that gets the
form in which Playwright says it.
"""

import ast
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.pages.uses import Code, Refusal
from .site import Site

Argument = str | float | int | bool | None | list[str]

SIGNATURES: Final[Mapping[str, tuple[tuple[str, ...], int]]] = {
    "noop": (("wait_ms",), 0),
    "click": (("bid", "button", "modifiers"), 1),
    "fill": (("bid", "value", "enable_autocomplete_menu"), 2),
    "select_option": (("bid", "options"), 2),
    "check": (("bid",), 1),
    "uncheck": (("bid",), 1),
    "clear": (("bid",), 1),
    "press": (("bid", "key_comb"), 2),
    "focus": (("bid",), 1),
    "hover": (("bid",), 1),
    "scroll": (("delta_x", "delta_y"), 2),
    "go_back": ((), 0),
    "go_forward": ((), 0),
    "goto": (("url",), 1),
    "send_msg_to_user": (("text",), 1),
    "report_infeasible": (("reason",), 1),
}
"""Parameters of each action in order, and how many of them must be given."""

LENGTH_LIMIT: Final = 10_000

PATIENCE_MS: Final = 500
"""How long Playwright tries before it gives up on an element, as in BrowserGym."""

_AWAITED: Final[frozenset[Code]] = frozenset({"inert", "disabled", "covered", "not_offered"})
"""What Playwright waits for in vain: it might come true. Of everything else it says at once that it cannot be done."""

_PLAIN: Final = re.compile(
    r"""([a-z_]+)\((?:(?:'([^'\\\n\0]*)'|"([^"\\\n\0]*)")(?:,\ ?(?:'([^'\\\n\0]*)'|"([^"\\\n\0]*)"))?)?\)"""
)
"""A call with at most two plain texts, which is nearly every action; parsing it in full takes ten times as long."""


_NO_CALL: Final = "ParseException: Action is not a call such as click('12')."


class ActionError(Exception):
    """An action is refused; the message reads like BrowserGym's `last_action_error`."""


def failure(action: str, refusal: Refusal) -> str:
    """Return the error of an action that an element does not take, in the form in which Playwright raises it.

    Args:
        action: The name of the action, which is also that of Playwright's method.
        refusal: Why the element does not take it.
    """
    if refusal.code in _AWAITED:
        return f"TimeoutError: Locator.{action}: Timeout {PATIENCE_MS}ms exceeded. ({refusal.words})"
    return f"Error: Locator.{action}: Error: {refusal.words}"


UNCHANGED: Final = failure("uncheck", Refusal("unchanged"))
"""What comes of taking away the choice of a radio button: it is clicked, which changes nothing but the focus."""


class Call(NamedTuple):
    """One action; what an argument must be is checked when it is asked for.

    Attributes:
        name: The name of the action.
        arguments: Its arguments by parameter name.
        element: The number of the element that it names, -1 if it names none.
    """

    name: str
    arguments: Mapping[str, Argument]
    element: int = -1

    def text(self, parameter: str) -> str:
        """Return an argument that must be a text.

        Raises:
            ActionError: It is something else.
        """
        value = self.arguments.get(parameter)
        if not isinstance(value, str):
            raise ActionError(f"ValueError: expected a string, got {value!r}")
        return value

    def numbers(self) -> tuple[float, ...]:
        """Return the arguments, all of which must be numbers.

        Raises:
            ActionError: One is something else.
        """
        numbers = []
        for value in self.arguments.values():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ActionError(f"TypeError: expected a number, got {value!r}")
            numbers.append(float(value))
        return tuple(numbers)

    def options(self) -> list[str]:
        """Return the texts of which one names the wanted option.

        Raises:
            ActionError: They are no texts.
        """
        wanted = self.arguments["options"]
        if isinstance(wanted, str):
            return [wanted]
        if not isinstance(wanted, list):
            raise ActionError(f"Error: options[0]: expected object, got {type(wanted).__name__}")
        return wanted

    def must_be_plain(self) -> None:
        """Refuse a click that is more than one with the left button: no site here answers others.

        Raises:
            ActionError: It is such a click.
        """
        if self.arguments.get("button", "left") != "left" or self.arguments.get("modifiers"):
            raise ActionError("Error: Locator.click: only plain clicks with the left button are supported here")

    def path_on(self, site: Site) -> str:
        """Return the path of the wanted address.

        Raises:
            ActionError: The address is not on the site, so that a browser without a network fails to open it.
        """
        url = self.text("url")
        path = site.path_of(url)
        if path is None:
            raise ActionError(f"Error: Page.goto: net::ERR_FAILED at {url}")
        return path

    def said(self) -> Event:
        """Return the event of an action that speaks to the user and does nothing to the page."""
        if self.name == "report_infeasible":
            return Event("infeasible", value=self.text("reason"))
        return Event("message", value=self.text("text"))

    def refused(self, refusal: Refusal) -> ActionError:
        """Return the error of the action on an element that does not take it."""
        return ActionError(failure(self.name, refusal))

    def astray(self) -> ActionError:
        """Return the error of the action on an element that is not there."""
        return ActionError(f'ValueError: Could not find element with bid "{self.text("bid")}"')


# By the text; 2,048, the least used go: most are `click` with a small number. A third of the time of steps as text.
@lru_cache(maxsize=2048)
def parse_action(action: str) -> Call:
    """Parse the text of one action.

    Raises:
        ActionError: The text is not exactly one known call with literal arguments that fit.
    """
    if len(action) > LENGTH_LIMIT:
        raise ActionError(f"ValueError: Action is longer than {LENGTH_LIMIT} characters.")
    text = action.strip()
    if not text:
        raise ActionError("ValueError: Received an empty action.")
    return _plain_call(text) or _parsed(text)


def _plain_call(text: str) -> Call | None:
    """Return the call that a text is, or None if it is not one of the plain form."""
    plain = _PLAIN.fullmatch(text)
    signature = None if plain is None else SIGNATURES.get(plain[1])
    if plain is None or signature is None:
        return None
    texts = [found for found in plain.groups()[1:] if found is not None]
    parameters, needed = signature
    if not needed <= len(texts) <= len(parameters):
        return None
    return _call(plain[1], dict(zip(parameters, texts, strict=False)))


def _parsed(text: str) -> Call:
    """Return the call that a text of any form is."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ActionError(_NO_CALL) from None
    if len(body) != 1:
        raise ActionError("ValueError: Received a multi-action, only single-actions are allowed.")
    match body[0]:
        case ast.Expr(value=ast.Call(func=ast.Name(id=name)) as call):
            if name not in SIGNATURES:
                raise ActionError(f"NameError: Invalid action type '{name}'.")
            return _call(name, _arguments(name, call))
    raise ActionError(_NO_CALL)


def _call(name: str, arguments: Mapping[str, Argument]) -> Call:
    """Return the call of an action with its arguments."""
    bid = arguments.get("bid")
    return Call(name, arguments, _number_in(bid) if isinstance(bid, str) else -1)


def _number_in(bid: str) -> int:
    """Return the number that a text is, -1 if it is none or not written as numbers of elements are."""
    is_number = bid.isascii() and bid.isdigit() and (bid == "0" or bid[0] != "0") and len(bid) < 9
    return int(bid) if is_number else -1


def _arguments(name: str, call: ast.Call) -> dict[str, Argument]:
    """Return the arguments of a call by parameter name."""
    parameters, needed = SIGNATURES[name]
    if len(call.args) > len(parameters):
        count = len(parameters)
        raise ActionError(f"TypeError: {name}() takes {count} positional arguments but {len(call.args)} were given")
    found = {parameter: _literal(node) for parameter, node in zip(parameters, call.args, strict=False)}
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg not in parameters:
            raise ActionError(f"TypeError: {name}() got an unexpected keyword argument '{keyword.arg}'")
        if keyword.arg in found:
            raise ActionError(f"TypeError: {name}() got multiple values for argument '{keyword.arg}'")
        found[keyword.arg] = _literal(keyword.value)
    missing = [parameter for parameter in parameters[:needed] if parameter not in found]
    if missing:
        raise ActionError(f"TypeError: {name}() missing {len(missing)} required argument: '{missing[0]}'")
    return found


def _literal(node: ast.expr) -> Argument:
    """Return the value of a literal argument."""
    match node:
        case ast.Constant(value=str() | int() | float() | bool() | None as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.List(elts=items) | ast.Tuple(elts=items):
            values = [_literal(item) for item in items]
            if all(isinstance(value, str) for value in values):
                return [str(value) for value in values]
    raise ActionError("ParseException: Arguments must be literals.")
