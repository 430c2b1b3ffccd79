"""Estimated widths of text, and shortening and wrapping by them.

The canvas and the SVG use whatever sans-serif font the machine has, so widths are estimates on the wide side; both
painters clip to the rectangles that come out.
"""

from functools import lru_cache


class _Units(dict[str, float]):
    """Widths of letters in font sizes; letters that it does not have are about as wide as capitals."""

    def __missing__(self, letter: str) -> float:
        return 0.62


_UNITS = _Units(
    dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 0.56)
    | dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 0.66)
    | dict.fromkeys("iljtfrI.,:;'|!()[] \u00a0\u2039\u203a", 0.34)
    | dict.fromkeys("mwMW@%\u2014\u2026", 0.9)
)
ELLIPSIS = "…"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide a text is at a font size in scene units."""
    units = sum(map(_UNITS.__getitem__, text))
    return units * size * (1.08 if bold else 1.0)


@lru_cache(maxsize=4096)
def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return a text cut to a width, with an ellipsis where something was left out."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, size: float, *, lines: int) -> tuple[str, ...]:
    """Return a text broken at spaces (no-break ones left out) into at most so many lines, the last one shortened."""
    words = [word for word in text.split(" ") if word]
    broken: list[str] = []
    while words and len(broken) < lines - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line = f"{line} {words.pop(0)}"
        broken.append(shortened(line, width, size))
    if words:
        broken.append(shortened(" ".join(words), width, size))
    return tuple(broken)
