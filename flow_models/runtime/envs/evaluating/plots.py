"""Plots as SVG: shares with their intervals, changes with theirs, and what episodes ended with."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from .figures import Difference, Share

LEFT: Final = 128
WIDTH: Final = 540
ROW: Final = 26
_TOP: Final = 26
_PLOT: Final = WIDTH - LEFT - 62


class Dot(NamedTuple):
    """One value with its interval, in the colour of a series."""

    series: int
    value: float
    low: float
    high: float
    number: str
    about: str


def of_share(series: int, found: Share, about: str) -> Dot:
    """Return a share as a dot."""
    told = f"{about}: {found.done} of {found.of}"
    return Dot(series, found.rate, *found.interval, f"{found.rate:.2f}", told)


def of_difference(series: int, found: Difference, about: str) -> Dot:
    """Return a change as a dot."""
    low, high = found.interval
    counts = f"{found.of} pairs of {found.instances} instances"
    told = f"{about}: {found.change:+.2f}, 95 % between {low:+.2f} and {high:+.2f}, {counts}"
    return Dot(series, found.change, low, high, f"{found.change:+.2f}", told)


def dots(rows: Mapping[str, Sequence[Dot]], least: float, most: float, label: str) -> str:
    """Return a plot with a row for each name and its dots below each other."""
    heights = [max(len(one), 1) * 14 + 12 for one in rows.values()]
    height = _TOP + sum(heights) + 30

    def x(value: float) -> float:
        return LEFT + (value - least) / (most - least) * _PLOT

    parts = [_axis(x, least, most, height - 30, label)]
    top = _TOP
    for (name, listed), tall in zip(rows.items(), heights, strict=True):
        parts.append(f'<text class="name" x="{LEFT - 12}" y="{top + tall / 2 + 4:.1f}">{escape(name)}</text>')
        for place, dot in enumerate(listed):
            parts.append(_dot(dot, x, top + 13 + place * 14))
        top += tall
    return _svg(height, "".join(parts), label)


def bars(rows: Mapping[str, Mapping[str, int]], label: str) -> str:
    """Return a plot with a bar for each name, in which each kind has its part."""
    height = _TOP + len(rows) * ROW + 6
    parts = []
    for place, (name, counts) in enumerate(rows.items()):
        top, left, total = _TOP + place * ROW, float(LEFT), sum(counts.values()) or 1
        parts.append(f'<text class="name" x="{LEFT - 12}" y="{top + 15}">{escape(name)}</text>')
        for kind, count in counts.items():
            wide = count / total * _PLOT
            told = escape(f"{name}: {kind.replace('_', ' ')} {count} of {total}")
            parts.append(
                f'<rect class="end {escape(kind)}" x="{left:.1f}" y="{top + 2}" width="{max(wide - 1, 0.5):.1f}"'
                f' height="{ROW - 8}"><title>{told}</title></rect>'
            )
            left += wide
    return _svg(height, "".join(parts), label)


def _dot(dot: Dot, x: Callable[[float], float], y: float) -> str:
    """Return one dot with the line of its interval and its number."""
    return (
        f'<g class="series{dot.series}"><title>{escape(dot.about)}</title>'
        f'<line x1="{x(dot.low):.1f}" x2="{x(dot.high):.1f}" y1="{y}" y2="{y}"/>'
        f'<circle cx="{x(dot.value):.1f}" cy="{y}" r="4.5"/>'
        f'<text class="number" x="{WIDTH - 4}" y="{y + 4}">{escape(dot.number)}</text></g>'
    )


def _axis(x: Callable[[float], float], least: float, most: float, bottom: float, label: str) -> str:
    """Return the lines at quarters of the whole, with their numbers."""
    parts = []
    for place in range(5):
        value = least + (most - least) * place / 4
        kind = "zero" if value == 0 else "grid"
        parts.append(f'<line class="{kind}" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{_TOP - 8}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x(value):.1f}" y="{bottom + 16}">{value:g}</text>')
    return "".join(parts) + f'<text class="label" x="{LEFT}" y="12">{escape(label)}</text>'


def _svg(height: float, inner: str, label: str) -> str:
    """Return a plot."""
    return f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(label)}">{inner}</svg>'
