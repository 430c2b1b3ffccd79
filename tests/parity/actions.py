"""What walks do on a page: random actions that make sense there, or nearly."""

import random
import re
from itertools import takewhile

from flow_models.runtime.machine.pages.view import Field, View
from flow_models.runtime.site import Rendered, Target

TEXTS = ("12.50", "Ana O'Neil", "  a  b ", "", "2027-03-20", "x" * 90, "9:05", "7", "Kön")
KEYS = ("Tab", "Shift+Tab", "Enter", "ArrowDown", "ArrowUp", "Escape", "Space", "Home", "End")
PLAIN = ("go_back()", "go_forward()", "noop(1)", "scroll(0, 100)", "scroll(0, -300)")
_TEXT = re.compile(r"(\t*)\[(\d+)\] (paragraph|heading|cell|columnheader|listitem|term|definition) ['\"](.*)['\"]$")
_TYPED = frozenset({"text", "area"})


def random_action(rendered: Rendered, view: View, rng: random.Random) -> str:
    """Return an action on a random control of a page, or one of those that need none."""
    chance = rng.random()
    controls = [(number, target) for number, target in rendered.targets.items() if target.kind != "option"]
    if chance < 0.08 or not controls:
        return rng.choice(PLAIN)
    if chance < 0.13 and (plain := plain_numbers(rendered)):
        return f"click('{rng.choice(plain)}')"
    number, target = rng.choice(controls)
    if chance < 0.22 and target.kind not in ("label", "area"):
        # What keys do to a text and its selection is compared in test_keys; BrowserGym's walks know no selection.
        return f"press('{number}', {rng.choice(KEYS[:6] if target.kind == 'text' else KEYS)!r})"
    if chance < 0.26:
        return f"focus('{number}')"
    if chance < 0.29:
        return f"hover('{number}')"
    if chance < 0.31:
        return f"{rng.choice(['fill', 'select_option'])}('{number}', 'x')"
    return use_of(number, target, view, rng)


def use_of(number: int, target: Target, view: View, rng: random.Random) -> str:
    """Return an action that does with a control what it is there for."""
    field = view.control(target.block)
    if target.kind in _TYPED:
        return f"fill('{number}', {rng.choice(TEXTS)!r})" if rng.random() < 0.9 else f"clear('{number}')"
    if target.kind == "select" and isinstance(field, Field) and field.options:
        return f"select_option('{number}', {rng.choice(field.options)[1]!r})"
    if target.kind in ("checkbox", "radio"):
        return f"{rng.choice(['check', 'click', 'uncheck'])}('{number}')"
    return f"click('{number}')"


def plain_numbers(rendered: Rendered) -> list[int]:
    """Return the numbers of elements that hold only text or a lone link."""
    found = []
    lines = rendered.axtree.split("\n")
    for place, line in enumerate(lines):
        match = _TEXT.match(line)
        if match is None:
            continue
        inner = takewhile(re.compile(match[1] + "\t").match, lines[place + 1 :])
        roles = [below.strip("\t").partition("] ")[2] or "StaticText" for below in inner]
        spot = rendered.at(int(match[2]))
        is_framed = spot is not None and spot.target is not None
        is_text = not is_framed and all(role == "StaticText" for role in roles) and bool(match[4] or roles)
        if is_text or (is_framed and len(roles) == 1):
            found.append(int(match[2]))
    return found
