"""Names of keys and of combinations, as Playwright 1.44 reads them for BrowserGym's `press` (keyboard of the USA)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from .actions import ActionError

_MODIFIERS: Final[Mapping[str, str]] = {
    **{name + side: name for name in ("Shift", "Control", "Alt", "Meta") for side in ("", "Left", "Right")},
    "ControlOrMeta": "Control",
}
_SIGNS: Final[Mapping[str, str]] = {
    **{f"Digit{sign}": sign + shifted for sign, shifted in zip("1234567890", "!@#$%^&*()", strict=True)},
    **{f"Key{letter}": letter.lower() + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    "Minus": "-_",
    "Equal": "=+",
    "BracketLeft": "[{",
    "BracketRight": "]}",
    "Backslash": "\\|",
    "Semicolon": ";:",
    "Quote": "'\"",
    "Backquote": "`~",
    "Comma": ",<",
    "Period": ".>",
    "Slash": "/?",
    "Space": "  ",
}
"""What each key types, alone and with Shift."""

_MOVING: Final = ("Tab", "Home", "End", "PageUp", "PageDown", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown")
_OTHERS: Final = frozenset({*_MOVING, "Enter", "Escape", "Backspace", "Delete", "Insert"})
_ALIASES: Final = {"Return": "Enter", "NumpadEnter": "Enter", "Esc": "Escape", "\n": "Enter", "\r": "Enter"}


class Stroke(NamedTuple):
    """One press of a key.

    Attributes:
        key: What it is called: `Tab`, `Space`, or the character that it types; empty if only others are held.
        held: The keys that are held meanwhile, in the order `Shift`, `Control`, `Alt`, `Meta`.
        text: What it types into a text; empty for nothing.
    """

    key: str
    held: tuple[str, ...]
    text: str

    @property
    def name(self) -> str:
        """How Playwright is told of it."""
        return "+".join((*self.held, self.key)) if self.key else self.held[-1]

    @property
    def is_shifted(self) -> bool:
        """Whether Shift is held."""
        return "Shift" in self.held

    @property
    def command(self) -> str:
        """Its name without Shift; empty if only such keys are pressed as are held."""
        if not self.key:
            return ""
        return "+".join([*(name for name in self.held if name != "Shift"), self.key])


# By the combination; 512, the least used go: agents press few different ones.
@lru_cache(maxsize=512)
def stroke_of(combination: str) -> Stroke:
    """Return what a combination such as `Control+Shift+ArrowLeft` presses.

    Raises:
        ActionError: There is no such key, or one is held that is no Shift, Control, Alt or Meta.
    """
    *before, last = _split(combination)
    unknown = [name for name in before if name not in _MODIFIERS]
    if unknown:
        raise _unknown(unknown[0])
    names = {_MODIFIERS[name] for name in (*before, last) if name in _MODIFIERS}
    held = tuple(name for name in ("Shift", "Control", "Alt", "Meta") if name in names)
    if last in _MODIFIERS:
        return Stroke("", held, "")
    is_plain = not names - {"Shift"}
    key, text = _named(_ALIASES.get(last, last), is_shifted="Shift" in names)
    return Stroke(key, held, text if is_plain else "")


def _named(name: str, *, is_shifted: bool) -> tuple[str, str]:
    """Return what a key is called and what it types."""
    if name in _OTHERS:
        return name, ""
    text = _SIGNS[name][is_shifted] if name in _SIGNS else name
    if len(text) != 1 or not " " <= text <= "~":
        raise _unknown(name)
    return ("Space" if text == " " else text), text


def _split(combination: str) -> list[str]:
    """Return the keys of a combination; a plus sign stands for itself where a key is due."""
    keys, present = [], ""
    for character in combination:
        if character == "+" and present:
            keys.append(present)
            present = ""
        else:
            present += character
    return [*keys, present]


def _unknown(name: str) -> ActionError:
    """Return the error of a key that there is not."""
    return ActionError(f'Error: Locator.press: Unknown key: "{name}"; name one such as Enter, Tab, Control+a or x')
