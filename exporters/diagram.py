"""The diagram of a flow as a picture: SVG in pure Python, and PNG through a headless Chromium where one is found.

Positions come from `flow_models.geometry`, so the picture shows what the canvas shows. The same flow gives the same
bytes. Colours are those of the light canvas; a diagram in a README or a paper has a white page around it.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Final

from flow_models.document.disk import write_bytes
from flow_models.document.flow import Flow
from flow_models.geometry.arrows import Arrow, Label
from flow_models.geometry.cards import CARD_WIDTH, TITLE_HEIGHT, Card
from flow_models.geometry.frames import CHIP_SIZE, Frame
from flow_models.geometry.labels import LABEL_SIZE, LINE_HEIGHT
from flow_models.geometry.layout import layout_of
from flow_models.geometry.marks import Mark, MarkKind, hills, places_of
from flow_models.geometry.measure import is_right_to_left
from flow_models.geometry.shapes import Curve, Rect
from flow_models.runtime.envs.chromium.errors import BrowserMissingError
from flow_models.runtime.envs.chromium.find import find_chromium

_MARGIN = 40.0
_INK, _SOFT, _FAINT, _LINE = "#1f2733", "#5b6675", "#c9d0d9", "#8a95a5"
_PAPER, _CARD, _FIELD, _BAR, _ACCENT = "#f4f6f9", "#ffffff", "#f7f9fb", "#dde3ea", "#2563a8"
_TONES = {"info": "#e3eef9", "success": "#e2f3e8", "warning": "#fdf1d8", "error": "#fce5e3"}
_BUTTONS = {
    "primary": (_ACCENT, "#ffffff", _ACCENT),
    "danger": ("#b3372f", "#ffffff", "#b3372f"),
    "secondary": ("#ffffff", _INK, "#9aa5b4"),
    "quiet": ("none", _INK, "none"),
}


class PictureError(Exception):
    """The diagram could not be written as PNG.

    Attributes:
        reason: `no_browser` or `browser_failed`.
        detail: What the browser said; empty if there is none.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def to_svg(flow: Flow) -> str:
    """Return the diagram of a flow as an SVG document; ends with a newline."""
    layout = layout_of(flow)
    view = layout.bounds.inflated(_MARGIN) if layout.cards else Rect(0, 0, 400, 200)
    title = escape(flow.title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(view.width)}" height="{_n(view.height)}" '
        f'viewBox="{_n(view.x)} {_n(view.y)} {_n(view.width)} {_n(view.height)}" role="img" aria-label="{title}" '
        f"font-family=\"Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif\">",
        f"<title>{title}</title>",
        _box(view, _PAPER, radius=0),
        *(_frame(frame) for frame in layout.frames.values()),
        *(_arrow(arrow) for arrow in layout.arrows.values() if arrow.kind != "section"),
        *(_card(card) for card in layout.cards.values()),
        *(_label(arrow, arrow.label) for arrow in layout.arrows.values() if arrow.label is not None),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def to_png(flow: Flow, target: Path, *, scale: float = 1.0, timeout_s: float = 60.0) -> None:
    """Write the diagram of a flow as a PNG.

    Args:
        flow: The flow.
        target: The file to write.
        scale: Pixels per scene unit.
        timeout_s: How long the browser may take.

    Raises:
        PictureError: There is no Chromium on this computer, or it failed.
    """
    try:
        browser = find_chromium()
    except BrowserMissingError as error:
        raise PictureError("no_browser", str(error)) from error
    svg = to_svg(flow)
    width, height = size_of(flow)
    with tempfile.TemporaryDirectory(prefix="gymwright-diagram-") as folder:
        page = Path(folder, "diagram.html")
        page.write_text(f"<!doctype html><style>body{{margin:0}}svg{{display:block}}</style>{svg}", encoding="utf-8")
        picture = Path(folder, "diagram.png")
        command = [
            browser,
            "--headless",
            *(["--no-sandbox"] if _is_root() else []),
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={scale}",
            f"--window-size={width},{height}",
            f"--screenshot={picture}",
            page.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PictureError("browser_failed", str(error)) from error
        if not picture.exists():
            raise PictureError("browser_failed", done.stderr.strip()[-400:])
        write_bytes(picture.read_bytes(), target)


def _is_root() -> bool:
    """Say whether this is root, for whom Chromium's sandbox refuses to run; the page shown is our own."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def size_of(flow: Flow) -> tuple[int, int]:
    """Return the width and height of the diagram in scene units."""
    layout = layout_of(flow)
    view = layout.bounds.inflated(_MARGIN) if layout.cards else Rect(0, 0, 400, 200)
    return round(view.width), round(view.height)


def _frame(frame: Frame) -> str:
    """Return a section's frame with its title and chips."""
    parts = [
        _box(frame.rect, frame.colour, radius=14, opacity=0.07, line=frame.colour, line_opacity=0.55),
        _words(frame.rect.x + 14, frame.bar.y + 21, frame.title, 13, frame.colour, bold=True),
    ]
    for chip in frame.chips:
        parts.append(_box(chip.rect, _CARD, radius=8.5, line=frame.colour, line_opacity=0.6))
        parts.append(_words(chip.rect.center.x, chip.rect.center.y + 3.4, chip.text, CHIP_SIZE, _INK, middle=True))
    return "".join(parts)


def _arrow(arrow: Arrow) -> str:
    """Return an arrow's line and its head."""
    line = f'<path d="{path_of(arrow.curve)}" fill="none" stroke="{_LINE}" stroke-width="1.6"/>'
    end, handle = arrow.curve[-1], arrow.curve[-2]
    start = arrow.curve[0]
    dot = f'<circle cx="{_n(start.x)}" cy="{_n(start.y)}" r="3" fill="{_LINE}"/>'
    if arrow.kind in ("close", "broken"):
        ring = _PAPER if arrow.kind == "broken" else _LINE
        stop = f'<circle cx="{_n(end.x)}" cy="{_n(end.y)}" r="4" fill="{ring}" stroke="{_LINE}" stroke-width="1.8"/>'
        return f"{line}{dot}{stop}"
    dx, dy = end.x - handle.x, end.y - handle.y
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    back_x, back_y = end.x - ux * 8, end.y - uy * 8
    head = (
        f"M{_n(end.x)} {_n(end.y)}L{_n(back_x - uy * 4)} {_n(back_y + ux * 4)}"
        f"L{_n(back_x + uy * 4)} {_n(back_y - ux * 4)}Z"
    )
    return f'{line}{dot}<path d="{head}" fill="{_LINE}"/>'


def path_of(curve: Curve) -> str:
    """Return a chain of cubics as the data of an SVG path."""
    start, *rest = [f"{_n(point.x)} {_n(point.y)}" for point in curve]
    return f"M{start}C{' '.join(rest)}"


def _card(card: Card) -> str:
    """Return a page's card."""
    face, rect = card.face, card.rect
    colour = face.colour or _LINE
    left = 12.0
    parts = [f'<g transform="translate({_n(rect.x)} {_n(rect.y)})">']
    if face.kind == "dialog":
        parts.append(_box(Rect(5, 5, CARD_WIDTH, face.height), _CARD, radius=9, line=_FAINT))
    parts.append(_box(Rect(0, 0, CARD_WIDTH, face.height), _CARD, radius=9, line="#b7c0cc"))
    strip = f"M1.5 4A9 9 0 0 1 9 0H{_n(CARD_WIDTH - 9)}A9 9 0 0 1 {_n(CARD_WIDTH - 1.5)} 4Z"
    parts.append(f'<path d="{strip}" fill="{colour}"/>')
    if face.is_start:
        parts.append(f'<path d="M{_n(left)} 11.5l9 5.5l-9 5.5z" fill="{_ACCENT}"/>')
        left += 16
    parts.append(_words(left, TITLE_HEIGHT / 2 + 5, face.title, 12, _INK, bold=True))
    parts.append(f'<path d="M0 {_n(TITLE_HEIGHT)}H{_n(CARD_WIDTH)}" stroke="#e3e8ee"/>')
    parts.extend(_mark(mark) for mark in face.picture.marks)
    parts.append("</g>")
    return "".join(parts)


def _mark(mark: Mark) -> str:
    """Return one stroke of a card's picture."""
    if mark.kind in _LINES:
        drop, size, ink, is_bold = _LINES[mark.kind]
        return _words(mark.rect.x, mark.rect.bottom - drop, mark.text, size, ink, bold=is_bold)
    return _STROKES[mark.kind](mark)


def _heading(mark: Mark) -> str:
    size = 12 if mark.tone == "1" else 10
    return _words(mark.rect.x, mark.rect.bottom - 4, mark.text, size, _INK, bold=True)


def _notice(mark: Mark) -> str:
    rect = mark.rect
    words = _words(rect.x + 6, rect.center.y + 3, mark.text, 9, _INK)
    return _box(rect, _TONES.get(mark.tone, _FIELD), radius=4) + words


def _rule(mark: Mark) -> str:
    return _box(mark.rect, "#e3e8ee" if mark.kind == "rule" else _BAR, radius=min(2.5, mark.rect.height / 2))


def _tick(mark: Mark) -> str:
    rect = mark.rect
    tick = _box(Rect(rect.x, rect.y + 1.5, 9, 9), _CARD, radius=2, line="#9aa5b4")
    return tick + _words(rect.x + 15, rect.center.y + 3, mark.text, 9, _INK)


def _button(mark: Mark) -> str:
    fill, ink, line = _BUTTONS.get(mark.tone, _BUTTONS["secondary"])
    middle = mark.rect.center
    words = _words(middle.x, middle.y + 3.3, mark.text, 10, ink, bold=True, middle=True)
    return _box(mark.rect, fill, radius=4.5, line=line) + words


def _link(mark: Mark) -> str:
    rect = mark.rect
    if mark.tone == "bar":
        return _box(rect, _ACCENT, radius=2.5, opacity=0.55)
    return _words(rect.x, rect.center.y + 3.3, mark.text, 9 if mark.tone else 10, _ACCENT)


def _more(mark: Mark) -> str:
    middle = mark.rect.center
    dots = "".join(f'<circle cx="{_n(middle.x + dx)}" cy="{_n(middle.y)}" r="1.6"/>' for dx in (-7, 0, 7))
    return f'<g fill="{_LINE}">{dots}</g>'


def _slider(mark: Mark) -> str:
    rect, middle_y = mark.rect, mark.rect.center.y
    line = _box(Rect(rect.x, middle_y - 1.5, rect.width, 3), _BAR, radius=1.5)
    return f'{line}<circle cx="{_n(rect.x + rect.width * 0.4)}" cy="{_n(middle_y)}" r="4.5" fill="{_ACCENT}"/>'


def _places(mark: Mark) -> str:
    return "".join(_box(place, _FIELD, radius=2, line="#c4ccd6") for place in places_of(mark.rect))


def _picture(mark: Mark) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in hills(mark.rect))
    return _box(mark.rect, _BAR, radius=4) + f'<polyline points="{points}" fill="none" stroke="{_SOFT}"/>'


def _field(mark: Mark) -> str:
    """Return a field with its title inside and the arrow of a drop-down."""
    rect = mark.rect
    box = _box(rect, _FIELD, radius=4, line="#c4ccd6") + _words(rect.x + 7, rect.y + 12.3, mark.text, 9, _SOFT)
    if mark.tone != "drop_down":
        return box
    chevron = f"M{_n(rect.right - 14)} {_n(rect.center.y - 2)}l3.5 4l3.5 -4"
    return f'{box}<path d="{chevron}" fill="none" stroke="{_SOFT}"/>'


_LINES: Final[Mapping[MarkKind, tuple[float, float, str, bool]]] = {
    "text": (3, 9, _SOFT, False),
    "caption": (3, 9, _INK, True),
    "head": (2.5, 8, _SOFT, False),
}
"""Strokes that are words alone: how far above the rectangle's foot, their size and ink, and whether they are bold."""

_STROKES: Final[Mapping[MarkKind, Callable[[Mark], str]]] = {
    "heading": _heading,
    "notice": _notice,
    "rule": _rule,
    "bar": _rule,
    "field": _field,
    "tick": _tick,
    "slider": _slider,
    "places": _places,
    "picture": _picture,
    "button": _button,
    "link": _link,
    "more": _more,
}
"""What draws the others."""


def _label(arrow: Arrow, label: Label) -> str:
    """Return the words beside an arrow, with all of them as their title."""
    rect, leader = label.rect, ""
    if label.leader is not None:
        start, end = label.leader
        leader = f'<path d="M{_n(start.x)} {_n(start.y)}L{_n(end.x)} {_n(end.y)}" stroke="{_LINE}"/>'
        leader += f'<circle cx="{_n(end.x)}" cy="{_n(end.y)}" r="2" fill="{_LINE}"/>'
    words = _words(rect.center.x, rect.y + 2.5 + LINE_HEIGHT * 0.75, label.text, LABEL_SIZE, _INK, middle=True)
    box = _box(rect, _CARD, radius=6, opacity=0.9)
    return f"<g><title>{escape(arrow.words.sentence())}</title>{leader}{box}{words}</g>"


def _box(
    rect: Rect, fill: str, *, radius: float, opacity: float = 1.0, line: str = "", line_opacity: float = 1.0
) -> str:
    """Return a rectangle."""
    shade = "" if opacity == 1.0 else f' fill-opacity="{opacity}"'
    edge = f' stroke="{line}"' if line else ""
    edge += f' stroke-opacity="{line_opacity}"' if line and line_opacity != 1.0 else ""
    round_ = f' rx="{_n(radius)}"' if radius else ""
    place = f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.width)}" height="{_n(rect.height)}"'
    return f'<rect {place}{round_} fill="{fill}"{shade}{edge}/>'


def _words(x: float, y: float, text: str, size: float, ink: str, *, bold: bool = False, middle: bool = False) -> str:
    """Return a line of text on a baseline."""
    if not text:
        return ""
    weight = ' font-weight="600"' if bold else ""
    # Where a text runs from right to left, its end is on the left.
    turned = is_right_to_left(text)
    anchor = ' text-anchor="middle"' if middle else ' text-anchor="end"' if turned else ""
    anchor += ' direction="rtl"' if turned else ""
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{ink}"{weight}{anchor}>{escape(text)}</text>'


def _n(value: float) -> str:
    """Return a number with at most one digit after the point, the same on every machine."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
