"""The texts of actions: one call with literal arguments, as BrowserGym's agents write them.

Parsing and its errors are here; what an action does on a page is in `resolve`. A text is parsed with `ast` against an
allow-list and never run. Unlike BrowserGym's parser, which looks for calls anywhere in a text, this one wants the text
to be the call: an action hidden in prose is refused rather than guessed.
"""

import ast
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

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

UNCHANGED: Final = "Error: Locator.uncheck: Error: Clicking the checkbox did not change its state"
"""What comes of taking away the choice of a radio button: it is clicked, which changes nothing but the focus."""

_PLAIN: Final = re.compile(
    r"""([a-z_]+)\((?:(?:'([^'\\\n\0]*)'|"([^"\\\n\0]*)")(?:,\ ?(?:'([^'\\\n\0]*)'|"([^"\\\n\0]*)"))?)?\)"""
)
"""A call with at most two plain texts, which is nearly every action; parsing it in full takes ten times as long."""


class ActionError(Exception):
    """An action is refused; the message reads like BrowserGym's `last_action_error`."""


class Call(NamedTuple):
    """One action with its arguments by parameter name."""

    name: str
    arguments: Mapping[str, Argument]

    def text(self, parameter: str) -> str:
        """Return an argument that must be a text.

        Raises:
            ActionError: It is something else.
        """
        value = self.arguments.get(parameter)
        if not isinstance(value, str):
            raise ActionError(f"ValueError: expected a string, got {value!r}")
        return value


@lru_cache(maxsize=2048)
def parse_action(action: str) -> Call:
    """Parse the text of one action; the latest ones are kept, since most are `click` with a small number.

    Raises:
        ActionError: The text is not exactly one known call with literal arguments that fit.
    """
    if len(action) > LENGTH_LIMIT:
        raise ActionError(f"ValueError: Action is longer than {LENGTH_LIMIT} characters.")
    text = action.strip()
    plain = _PLAIN.fullmatch(text)
    if plain is not None and plain[1] in SIGNATURES:
        texts = [found for found in plain.groups()[1:] if found is not None]
        parameters, needed = SIGNATURES[plain[1]]
        if needed <= len(texts) <= len(parameters):
            return Call(plain[1], dict(zip(parameters, texts, strict=False)))
    if not text:
        raise ActionError("ValueError: Received an empty action.")
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ActionError("ParseException: Action is not a call such as click('12').") from None
    if len(body) != 1:
        raise ActionError("ValueError: Received a multi-action, only single-actions are allowed.")
    statement = body[0]
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        raise ActionError("ParseException: Action is not a call such as click('12').")
    call = statement.value
    if not isinstance(call.func, ast.Name):
        raise ActionError("ParseException: Action is not a call such as click('12').")
    if call.func.id not in SIGNATURES:
        raise ActionError(f"NameError: Invalid action type '{call.func.id}'.")
    return Call(call.func.id, _arguments(call.func.id, call))


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
