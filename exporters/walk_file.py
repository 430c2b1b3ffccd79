"""Walks as one file for a browser: a film strip of the pages as the site renders them, with what changed marked.

The file needs nothing else: no server, no network, no other file. Each page is a frame in which nothing runs and
nothing can be used; a few lines of script give all of them the one style sheet and as much height as they need, so that
a file with many walks stays small. Without scripts the words of each step are there.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

import resources
from flow_models.document.disk import write_bytes
from flow_models.document.flow import Flow
from flow_models.runtime.machine import DrawError, Machine, ProgramError
from flow_models.runtime.machine.pages.view import Shown, View
from flow_models.runtime.site.blocks import describe
from flow_models.runtime.site.document import SCRIPT_PATH, focus_of, write_document
from flow_models.runtime.site.elements import Aim, Attributes
from flow_models.runtime.site.markup import HtmlWriter
from flow_models.runtime.site.site import Site
from flow_models.solver.film import Frame, end_words, film
from flow_models.solver.walk import Walk

_NEW, _LOOK = "data-film-new", "data-film-look"

_STATES: Final = ("value", "checked", "selected", "disabled", "aria-expanded", "aria-selected", "aria-current")
"""Attributes that say what a visitor sees of an element besides its text."""

_MARKS: Final = (
    f"[{_NEW}]{{outline:2px solid #b97a00;outline-offset:1px;background:#fff1b8!important;color:#1f2733!important}}"
    f"[{_LOOK}]{{outline:3px dashed #b3372f;outline-offset:4px}}"
)

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1f2733;--soft:#5b6675;--paper:#f4f6f9;--card:#fff;--line:#c9d0d9;--bad:#b3372f}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a3adba;--paper:#171b21;--card:#222831;--line:#3d4654;
--bad:#ff9d94}}
body{margin:0;padding:24px;font:15px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:36px 0 4px}p{margin:2px 0}.soft{color:var(--soft)}
.strip{display:flex;gap:16px;overflow-x:auto;align-items:flex-start;padding:12px 2px 18px}
figure{flex:none;width:560px;margin:0;background:var(--card);border:1px solid var(--line);border-radius:8px}
figcaption{padding:8px 12px;border-bottom:1px solid var(--line)}.bad{color:var(--bad)}
.page{position:relative;width:560px;height:392px;overflow:hidden;border-radius:0 0 8px 8px;background:#fff}
iframe{border:0;width:1120px;height:784px;transform:scale(.5);transform-origin:0 0}
"""

_SCRIPT: Final = """
const styles = JSON.parse(document.getElementById("styles").textContent);
for (const frame of document.querySelectorAll("iframe")) {
  frame.addEventListener("load", () => {
    const height = frame.contentDocument.documentElement.scrollHeight;
    frame.style.height = `${height}px`;
    frame.parentElement.style.height = `${height / 2}px`;
  });
  frame.srcdoc = frame.dataset.page.replace("<!--style-->", () => `<style>${styles[frame.dataset.look]}</style>`);
}
"""


class Shot(NamedTuple):
    """A walk to be shown, with what it shows in words and how bad that is; both may be empty."""

    title: str
    walk: Walk
    severity: str = ""


def write_walks(path: Path, flow: Flow, machine: Machine, shots: Sequence[Shot]) -> None:
    """Write walks as one HTML file.

    Args:
        path: The file.
        flow: The flow.
        machine: Runs the flow.
        shots: The walks, in the order in which they are shown.

    Raises:
        FileAccessError: The file cannot be written.
    """
    write_bytes(html_of(flow, machine, shots).encode(), path)


def html_of(flow: Flow, machine: Machine, shots: Sequence[Shot]) -> str:
    """Return walks as one HTML document."""
    styles: dict[str, int] = {}
    films = "".join(_film(flow, machine, shot, styles) for shot in shots)
    name = escape(resources.text("walk.file.title", title=flow.title))
    script = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{script}'; img-src data:"
    head = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>",
    ]
    words = ("changed", "look") if shots else ("none",)
    legend = [f'<p class="soft">{escape(resources.text(f"walk.file.{one}"))}</p>' for one in words]
    kept = json.dumps(list(styles)).replace("</", "<\\/")
    end = f'<script type="application/json" id="styles">{kept}</script><script>{_SCRIPT}</script></body></html>\n'
    return "".join((*head, *legend, films, end))


def _film(flow: Flow, machine: Machine, shot: Shot, styles: dict[str, int]) -> str:
    """Return one walk: what it shows, the goal, its pages, and how it ends."""
    walk = shot.walk
    instance = resources.text("walk.file.instance", task=walk.task, seed=walk.seed)
    try:
        start, frames = walk.start(machine), film(machine, walk, flow)
    except (DrawError, ProgramError):
        return _section(shot.title or instance, [resources.text("walk.file.lost")], "")
    lines = [resources.text("walk.file.goal", goal=start.goal), *([instance] if shot.title else [])]
    if len(frames) <= len(walk.events):
        lines.append(resources.text("walk.file.broke_off"))
    strip = _strip(frames, walk, Site.of(machine.program).dressed(walk.variant), styles)
    return _section(shot.title or instance, [*lines, end_words(frames[-1])], strip)


def _section(title: str, lines: Sequence[str], strip: str) -> str:
    """Return a heading with lines and a film strip below."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    region = f'<div class="strip" tabindex="0" role="group" aria-label="{escape(title)}">{strip}</div>' if strip else ""
    return f"<section><h2>{escape(title)}</h2>{said}{region}</section>"


def _strip(frames: Sequence[Frame], walk: Walk, site: Site, styles: dict[str, int]) -> str:
    """Return the pages of a walk side by side."""
    number = styles.setdefault(site.style() + _sheet() + _MARKS, len(styles))
    seen: dict[str, list[str]] = {}
    figures = []
    for place, frame in enumerate(frames):
        now = _Reader(site, frame.view)
        before = seen.get(frame.view.top.page)
        seen[frame.view.top.page] = now.keys
        new = frozenset() if before is None else frozenset(_new(before, now))
        page = _page(site, frame.view, new, walk.look if place == len(frames) - 1 else "")
        figures.append(_figure(place, frame, page, number))
    return "".join(figures)


def _figure(number: int, frame: Frame, page: str, style: int) -> str:
    """Return one page with what was done to get there."""
    words = frame.words or resources.text("preview.step.begin")
    trouble = f'<p class="bad">{escape(frame.trouble)}</p>' if frame.trouble else ""
    named = escape(resources.text("walk.file.picture", title=frame.title, number=number))
    changes = "".join(f"<p>{escape(change)}</p>" for change in frame.changes())
    caption = f'<strong>{number}. {escape(words)}</strong><p class="soft">{escape(frame.url)}</p>{changes}{trouble}'
    return (
        f'<figure><figcaption>{caption}</figcaption><div class="page"><iframe title="{named}" '
        f'sandbox="allow-same-origin" inert data-look="{style}" '
        f'data-page="{escape(page)}"></iframe></div></figure>'
    )


def _page(site: Site, view: View, new: frozenset[int], look: str) -> str:
    """Return a page as HTML, marked, without what lies in other files."""
    writer = _Marker(site, view, new, look)
    sheet, script = f'<link rel="stylesheet" href="{site.style_path}">', f'<script src="{SCRIPT_PATH}"></script>'
    return writer.html.replace(sheet, "<!--style-->").replace(script, "")


def _new(before: Sequence[str], now: "_Reader") -> Iterator[int]:
    """Yield the numbers of the elements that were not there when a page was last seen."""
    for kind, _, _, first, last in SequenceMatcher(None, before, now.keys, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from now.numbers[first:last]


def _sheet() -> str:
    """Return the style sheet that all sites share."""
    return files("flow_models.runtime.site").joinpath("static", "site.css").read_text(encoding="utf-8")


class _Reader(HtmlWriter):
    """Notes what a visitor sees of each element of a page.

    Attributes:
        keys: What is seen of the elements that show something, in the order of the document.
        numbers: The numbers of these elements; an option stands for its list.
    """

    __slots__ = ("_tags", "keys", "numbers")

    def __init__(self, site: Site, view: View) -> None:
        super().__init__(site, focus_of(view), describe, str)
        self.keys: list[str] = []
        self.numbers: list[int] = []
        self._tags: list[tuple[int, str]] = []
        write_document(self, view)

    def open(
        self,
        tag: str,
        attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        aim: Aim | None = None,
        described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element, and note its state."""
        number = self._count
        holder = self._tags[-1][0] if tag == "option" and self._tags else number
        state = [f"{key}={value}" for key, value in attributes if key in _STATES and not isinstance(value, tuple)]
        super().open(tag, attributes, line, name, aim, described)
        self._tags.append((holder, tag))
        if state:
            self._note(" ".join(state))

    def close(self) -> None:
        """End the element that was begun last."""
        super().close()
        self._tags.pop()

    def text(self, text: str) -> None:
        """Add a text, and note it."""
        super().text(text)
        self._note(text)

    def _note(self, words: str) -> None:
        number, tag = self._tags[-1]
        if tag not in ("title", "meta"):
            self.keys.append(f"{tag} {words}")
            self.numbers.append(number)


class _Marker(HtmlWriter):
    """Writes a page in which some elements and one block are marked."""

    __slots__ = ("_is_looked_at", "_look", "_new")

    def __init__(self, site: Site, view: View, new: frozenset[int], look: str) -> None:
        super().__init__(site, focus_of(view), describe, str)
        self._new = new
        self._look = look
        self._is_looked_at = False
        write_document(self, view)

    def open(
        self,
        tag: str,
        attributes: Attributes = (),
        line: str | None = None,
        name: str = "",
        aim: Aim | None = None,
        described: tuple[int, ...] = (),
    ) -> None:
        """Begin an element, marked if it is new or what to look at."""
        if self._count in self._new:
            attributes = (*attributes, (_NEW, None))
        if self._is_looked_at:
            attributes, self._is_looked_at = (*attributes, (_LOOK, None)), False
        super().open(tag, attributes, line, name, aim, described)

    def part(self, part: Shown) -> None:
        """Add a part of a view."""
        self._is_looked_at = bool(self._look) and part.id == self._look
        super().part(part)
