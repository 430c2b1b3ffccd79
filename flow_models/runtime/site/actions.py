"""The texts of actions: calls with literal arguments, as BrowserGym's agents write them, and of their errors.

What an action does on a page is in `resolve`; how calls are found in a text, in `calls`. Here they get their meaning:
which action is called, and which argument is which. Why an element takes no action the machine says (`uses`); here that
gets the form in which Playwright says it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from keyword import iskeyword
from math import inf
from typing import Final, NamedTuple

from ..machine.base.events import Event
from ..machine.pages.uses import NOT_OFFERED, Code, Refusal
from .calls import Literal, UnreadableError, Written, calls_in, is_broken
from .site import Site

Signatures = Mapping[str, tuple[tuple[str, ...], int]]
"""Parameters of each action in order, and how many of them must be given."""

SIGNATURES: Final[Signatures] = {
    "noop": (("wait_ms",), 0),
    "click": (("bid", "button", "modifiers"), 1),
    "dblclick": (("bid", "button", "modifiers"), 1),
    "fill": (("bid", "value", "enable_autocomplete_menu"), 2),
    "select_option": (("bid", "options"), 2),
    "check": (("bid",), 1),
    "uncheck": (("bid",), 1),
    "clear": (("bid",), 1),
    "press": (("bid", "key_comb"), 2),
    "focus": (("bid",), 1),
    "hover": (("bid",), 1),
    "scroll": (("delta_x", "delta_y"), 2),
    "drag_and_drop": (("from_bid", "to_bid"), 2),
    "upload_file": (("bid", "file"), 2),
    "go_back": ((), 0),
    "go_forward": ((), 0),
    "goto": (("url",), 1),
    "new_tab": ((), 0),
    "tab_close": ((), 0),
    "tab_focus": (("index",), 1),
    "send_msg_to_user": (("text",), 1),
    "report_infeasible": (("reason",), 1),
}
"""The actions that name elements by their numbers, and those that need none."""

COORDINATES: Final[Signatures] = {
    "mouse_move": (("x", "y"), 2),
    "mouse_click": (("x", "y", "button"), 2),
    "mouse_dblclick": (("x", "y", "button"), 2),
    "mouse_down": (("x", "y", "button"), 2),
    "mouse_up": (("x", "y", "button"), 2),
    "mouse_drag_and_drop": (("from_x", "from_y", "to_x", "to_y"), 4),
    "scroll_at": (("x", "y", "dx", "dy"), 4),
    "keyboard_press": (("key",), 1),
    "keyboard_down": (("key",), 1),
    "keyboard_up": (("key",), 1),
    "keyboard_type": (("text",), 1),
    "keyboard_insert_text": (("text",), 1),
    "mouse_upload_file": (("x", "y", "file"), 3),
}
"""The actions that name places in CSS pixels, or nothing; only a browser knows what is there."""

_WITHOUT_NUMBERS: Final = {name: one for name, one in SIGNATURES.items() if not {"bid", "from_bid"} & {*one[0]}}

SETS: Final[Mapping[str, Signatures]] = {
    "bid": SIGNATURES,
    "coord": {**_WITHOUT_NUMBERS, **COORDINATES},
    "both": {**SIGNATURES, **COORDINATES},
}
"""The sets of actions of which an environment takes one, by BrowserGym's names of their parts."""

REFUSED: Final[Mapping[str, Code]] = {
    "drag_and_drop": "by_pixels",
    "upload_file": "no_files",
    "new_tab": "one_tab",
    "tab_close": "one_tab",
    "tab_focus": "one_tab",
}
"""The actions that no page takes, and why."""

BUTTONS: Final = ("left", "middle", "right")

LENGTH_LIMIT: Final = 10_000

NUMBER_LIMIT: Final = 1_000_000_000
"""Pixels or milliseconds that an action may name."""

PATIENCE_MS: Final = 500
"""How long Playwright tries before it gives up on an element, as in BrowserGym."""

_AWAITED: Final[frozenset[Code]] = frozenset({"inert", "disabled", "covered", "not_offered"})
"""What Playwright waits for in vain: it might come true. Of everything else it says at once that it cannot be done."""

_ODD: Final = r"\0\t\n\r\ud800-\udfff"
"""What makes a text in quotes one that is not taken as it stands."""

_PLAIN: Final = re.compile(
    r"""([a-z_]+)\((?:(?:'([^'\\%s]*)'|"([^"\\%s]*)")(?:,\ ?(?:'([^'\\%s]*)'|"([^"\\%s]*)"))?)?\)""" % ((_ODD,) * 4)
)
"""A call with at most two plain texts, which is nearly every action; parsing it in full takes ten times as long."""


_NO_CALL: Final = "ValueError: Received an empty action: it holds no call with literal arguments, such as click('12')."
_BROKEN: Final = "ValueError: Received an empty action: a line breaks inside quotes; write \\n there instead."


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
    arguments: Mapping[str, Literal]
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
        """Return the arguments but the button, all of which must be numbers that a mouse or a clock can take.

        Raises:
            ActionError: One is something else.
        """
        return tuple(_number(value) for name, value in self.arguments.items() if name != "button")

    def options(self) -> list[str]:
        """Return the texts of which one names the wanted option.

        Raises:
            ActionError: They are no texts, or none.
        """
        wanted = self.arguments["options"]
        if isinstance(wanted, str):
            return [wanted]
        if not isinstance(wanted, list | tuple):
            raise ActionError(f"Error: options[0]: expected object, got {type(wanted).__name__}")
        texts = [one for one in wanted if isinstance(one, str)]
        if len(texts) < len(wanted):
            raise ActionError("Error: options: expected strings")
        if not texts:
            raise self.refused(NOT_OFFERED)
        return texts

    def button(self) -> str:
        """Return the button of the mouse with which one clicks.

        Raises:
            ActionError: There is no such button, or the click would open tabs or depend on pixels.
        """
        button, modifiers = self.arguments.get("button", "left"), self.arguments.get("modifiers", [])
        if button not in BUTTONS:
            raise ActionError(
                f"Error: Locator.{self.name}: button: expected one of (left|right|middle), got {button!r}"
            )
        if modifiers not in ([], (), None):
            raise self.refused(Refusal("modified"))
        if button == "middle":
            raise self.refused(Refusal("middle"))
        return str(button)

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

    @property
    def names_element(self) -> bool:
        """Whether it is about an element of the page, by its number."""
        return "bid" in self.arguments

    def refused(self, refusal: Refusal) -> ActionError:
        """Return the error of the action on an element that does not take it."""
        return ActionError(failure(self.name, refusal))

    def unoffered(self) -> ActionError:
        """Return the error of an action that no page takes."""
        return self.refused(Refusal(REFUSED[self.name]))

    def astray(self) -> ActionError:
        """Return the error of the action on an element that is not there, or is named by no text."""
        if not isinstance(self.arguments["bid"], str):
            return ActionError(f"ValueError: expected a string, got {self.arguments['bid']!r}")
        return ActionError(f'ValueError: Could not find element with bid "{self.arguments["bid"]}"')


# By the text; 2,048, the least used go: most are `click` with a small number. A third of the time of steps as text.
@lru_cache(maxsize=2048)
def parse_action(action: str, actions: str = "bid") -> Call:
    """Parse the text of one action of one of `SETS`.

    Raises:
        ActionError: The text does not hold exactly one known call with literal arguments that fit.
    """
    known = SETS[actions]
    found = _plain_call(action.strip(" \n"), known)
    if found is not None and len(action) <= LENGTH_LIMIT:
        return found
    calls = _written(action, known)
    if len(calls) > 1:
        raise ActionError("ValueError: Received a multi-action, only single-actions are allowed.")
    return _call(calls[0], known)


# By the text; 256: few agents write several actions at once.
@lru_cache(maxsize=256)
def parse_actions(action: str, actions: str = "bid") -> tuple[Call | ActionError, ...]:
    """Parse the text of several actions of one of `SETS`; one whose arguments do not fit is an error in its place.

    Raises:
        ActionError: The text holds no call, or one of no action; none of its actions is done.
    """
    known = SETS[actions]
    return tuple(_call_or_error(written, known) for written in _written(action, known))


def parsed(action: str | None, *, several: bool, actions: str = "bid") -> tuple[Call | ActionError, ...]:
    """Parse what an agent does: one action of one of `SETS`, or where that is allowed several; None is no text at all.

    Raises:
        ActionError: There is no action, or there are several and only one is allowed.
    """
    if action is None:
        raise ActionError("TypeError: An action is a text such as click('12').")
    return parse_actions(action, actions) if several else (parse_action(action, actions),)


def _call_or_error(written: Written, known: Signatures) -> Call | ActionError:
    """Return the call that is written, or what is wrong with its arguments."""
    try:
        return _call(written, known)
    except ActionError as error:
        return error


def _plain_call(text: str, known: Signatures) -> Call | None:
    """Return the call that a text is, or None if it is not one of the plain form."""
    plain = _PLAIN.fullmatch(text)
    signature = None if plain is None else known.get(plain[1])
    if plain is None or signature is None:
        return None
    texts = [found for found in plain.groups()[1:] if found is not None]
    parameters, needed = signature
    if not needed <= len(texts) <= len(parameters):
        return None
    return _with_element(plain[1], dict(zip(parameters, texts, strict=False)))


def _written(action: str, known: Signatures) -> list[Written]:
    """Return the calls in a text, all of actions that there are.

    Raises:
        ActionError: There is none, or one of something else.
    """
    if len(action) > LENGTH_LIMIT:
        raise ActionError(f"ValueError: Action is longer than {LENGTH_LIMIT} characters.")
    try:
        calls = calls_in(action)
    except UnreadableError as error:
        raise ActionError(str(error)) from None
    if not calls:
        raise ActionError(_BROKEN if is_broken(action) else _NO_CALL)
    for call in calls:
        _must_be_known(call, known)
    return calls


def _must_be_known(call: Written, known: Signatures) -> None:
    """Refuse a call that Python would not compile, or of no action.

    Raises:
        ActionError: It is such a call.
    """
    if call.name not in known:
        raise ActionError(f"NameError: Invalid action type {call.name!r}.")
    names = [name for name, _ in call.named]
    if len(set(names)) < len(names) or any(map(iskeyword, names)):
        raise ActionError(f"SyntaxError: {call.name}() has arguments whose names are repeated or reserved")


def _call(written: Written, known: Signatures) -> Call:
    """Return what is called with its arguments.

    Raises:
        ActionError: The arguments do not fit.
    """
    return _with_element(written.name, _arguments(written, known))


def _with_element(name: str, arguments: Mapping[str, Literal]) -> Call:
    """Return the call of an action with its arguments."""
    bid = arguments.get("bid")
    return Call(name, arguments, _number_in(bid) if isinstance(bid, str) else -1)


def _number_in(bid: str) -> int:
    """Return the number that a text is, -1 if it is none or not written as numbers of elements are."""
    is_number = bid.isascii() and bid.isdigit() and (bid == "0" or bid[0] != "0") and len(bid) < 9
    return int(bid) if is_number else -1


def _arguments(call: Written, known: Signatures) -> dict[str, Literal]:
    """Return the arguments of a call by parameter name.

    Raises:
        ActionError: They do not fit.
    """
    parameters, needed = known[call.name]
    if len(call.given) > len(parameters):
        raise _misfit(call, f"takes {len(parameters)} positional arguments but {len(call.given)} were given")
    found = dict(zip(parameters, call.given, strict=False))
    for name, value in call.named:
        if name not in parameters:
            raise _misfit(call, f"got an unexpected keyword argument {name!r}")
        if name in found:
            raise _misfit(call, f"got multiple values for argument {name!r}")
        found[name] = value
    missing = [parameter for parameter in parameters[:needed] if parameter not in found]
    if missing:
        raise _misfit(call, f"missing {len(missing)} required argument: {missing[0]!r}")
    if any(map(_is_endless, found.values())):
        raise ActionError(f"NameError: a number in {call.name}() is too large")
    return {name: found[name] for name in parameters if name in found}


def _number(value: Literal) -> float:
    """Return a number that a mouse or a clock can take.

    Raises:
        ActionError: It is something else.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ActionError(f"TypeError: expected a number, got {value!r}")
    if not -NUMBER_LIMIT <= value <= NUMBER_LIMIT:
        raise ActionError(f"ValueError: expected a number within {NUMBER_LIMIT}, got more")
    return float(value)


def _is_endless(value: Literal) -> bool:
    """Say whether a value is or holds a number beyond those that a computer writes."""
    if isinstance(value, dict):
        return any(map(_is_endless, value.values()))
    return any(map(_is_endless, value)) if isinstance(value, list | tuple) else value in (inf, -inf)


def _misfit(call: Written, why: str) -> ActionError:
    """Return the error of arguments that do not fit."""
    return ActionError(f"TypeError: {call.name}() {why}")
