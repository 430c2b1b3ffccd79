"""Colour arithmetic for contrast: the brand is the designer's choice, legible text is not left to chance.

The formulas are those of WCAG 2.2: relative luminance, and contrast ratio with 4.5 as the floor for text and 3 for the
borders of controls and for focus rings (level AA).
"""

from typing import Final

CONTRAST_FLOOR: Final = 4.5
EDGE_FLOOR: Final = 3.0
_BLACK, _DARK, _LIGHT = "#000000", "#16202b", "#ffffff"


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
    """Return near-black or white, whichever is easier to read on a background; black if neither is easy."""
    best = max((_LIGHT, _DARK), key=lambda colour: contrast(colour, background))
    return best if contrast(best, background) >= CONTRAST_FLOOR else _BLACK


def readable_on(colour: str, *backgrounds: str, floor: float = CONTRAST_FLOOR) -> str:
    """Return a colour, moved towards black or white until it reaches a contrast with every background.

    The floor is that of text; backgrounds of which one is dark and one is light may leave it out of reach.
    """
    towards = 0 if min(luminance(background) for background in backgrounds) > 0.18 else 255
    for step in range(21):
        moved = mixed(colour, towards, step / 20)
        if all(contrast(moved, background) >= floor for background in backgrounds):
            return moved
    return mixed(colour, towards, 1)


def softened(colour: str, background: str) -> str:
    """Return a colour of text, moved towards its background as far as it stays easy to read."""
    towards = 255 if luminance(background) > luminance(colour) else 0
    for step in range(8, 0, -1):
        moved = mixed(colour, towards, step / 20)
        if contrast(moved, background) >= 6:
            return moved
    return colour


def mixed(colour: str, towards: int, share: float) -> str:
    """Return a colour with a share of black (0) or white (255) in it."""
    channels = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{round(value + (towards - value) * share):02x}" for value in channels)
