"""What walks with mouse and keyboard do on a page: keys and clicks of all sorts, in boxes and elsewhere."""

import random

from flow_models.runtime.site import Rendered

MOVES = ("ArrowLeft", "ArrowRight", "Home", "End", "ArrowUp", "ArrowDown")
ERASERS = ("Backspace", "Delete")
COMMANDS = ("Control+a", "Control+x", "Control+c", "Control+v", "Control+z", "Alt+Enter", "Control+Enter", "Alt+q")
TYPED = ("x", "7", ".", ",", "'", "-", "Shift+KeyB", "Period", "Shift+Digit5", "Space")
OTHERS = ("Tab", "Shift+Tab", "Enter", "Shift+Enter", "Escape", "PageDown", "PageUp", "Insert", "Shift", "Meta")
KEYS = (
    *(*MOVES, *ERASERS, *COMMANDS, *TYPED, *OTHERS),
    *(f"{held}+{key}" for held in ("Shift", "Control", "Control+Shift") for key in (*MOVES, *ERASERS)),
)
TEXTS = ("Ana O'Neil", "12.50", "a b-c", "x", "", "1,250.00 (net)", "Kön _x_")


def random_use(rendered: Rendered, rng: random.Random) -> str:
    """Return a key or a click on a random control of a page, often the one that has the focus."""
    controls = [number for number, target in rendered.targets.items() if target.kind != "option"]
    focused = rendered.focused_number
    number = focused if focused in rendered.targets and rng.random() < 0.5 else rng.choice(controls or [0])
    chance = rng.random()
    if chance < 0.6:
        return f"press('{number}', {rng.choice(KEYS)!r})"
    if chance < 0.75:
        return f"fill('{number}', {rng.choice(TEXTS)!r})"
    button = rng.choice(["", "", ", button='right'"])
    if chance < 0.83:
        return f"dblclick('{number}'{button})"
    if chance < 0.9:
        return f"click('{number}'{button})"
    return rng.choice([f"focus('{number}')", f"clear('{number}')", "go_back()"])
