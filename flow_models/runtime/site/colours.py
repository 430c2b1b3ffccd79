"""Colour arithmetic for contrast: the brand is the designer's choice, legible text is not left to chance.

The formulas are those of WCAG 2.2: relative luminance, and contrast ratio with 4.5 as the floor for text (level AA).
"""

from typing import Final

CONTRAST_FLOOR: Final = 4.5
_DARK, _LIGHT = "#16202b", "#ffffff"


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def text_on(background: str) -> str:
    """Return near-black or white, whichever is easier to read on a background."""
    return max((_LIGHT, _DARK), key=lambda colour: contrast(colour, background))


def readable_on(colour: str, *backgrounds: str) -> str:
    """Return a colour, moved towards black or white until text in it can be read on every background."""
    towards = 0 if min(luminance(background) for background in backgrounds) > 0.18 else 255
    for step in range(21):
        mixed = _mixed(colour, towards, step / 20)
        if all(contrast(mixed, background) >= CONTRAST_FLOOR for background in backgrounds):
            return mixed
    return _mixed(colour, towards, 1)


def _mixed(colour: str, towards: int, share: float) -> str:
    """Return a colour with a share of black (0) or white (255) in it."""
    channels = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{round(value + (towards - value) * share):02x}" for value in channels)
