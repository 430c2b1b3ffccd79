"""A walk as a film: what each page reads like, and what of it is new since that page was last seen.

For people, in every place that shows a walk: the terminal, the app and a file. Pages are read as lines of text.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

import resources
from flow_models.document.flow import Flow
from flow_models.runtime.machine import Event, Machine, Start, Step
from flow_models.runtime.machine.pages import view as shown
from flow_models.runtime.machine.pages.uses import is_tickable
from flow_models.runtime.machine.pages.view import View
from flow_models.runtime.site.site import Site

from .data_changes import changes_in
from .data_lines import Liner, titles_of
from .doing import called, done
from .walk import Walk

_STATES: Final = {"chosen": "●", "open": "▾", "closed": "▸"}
"""How a button says in which state it is."""

_TICKED: Final = "✓"

_CHANGES: Final = 8
"""Changes of data that are told of one step."""


class Line(NamedTuple):
    """One line of a page.

    Attributes:
        block: What says it.
        text: What it says.
        is_new: Whether the page did not say it when it was last seen; if it never was, whether the page before did not.
        within: The blocks in which that stands.
    """

    block: str
    text: str
    is_new: bool = False
    within: tuple[str, ...] = ()


class Frame(NamedTuple):
    """One page of a film.

    Attributes:
        event: What was done to get here; None for the beginning.
        words: That in words; empty for the beginning.
        view: The page.
        title: Its title.
        url: Its address.
        lines: What it reads like.
        gone: What it said when it was last seen and no longer says.
        data: What the step changed in the site's data, in words.
        is_new_page: Whether it is seen for the first time.
        trouble: Why nothing came of the step: refused, or a formula failed.
        success: Whether the task counts as done.
        failure: The number of the failure rule that holds, or -1.
        milestones: Which milestones hold.
        is_unchanged: Whether the durable data is as it was at the beginning.
    """

    event: Event | None
    words: str
    view: View
    title: str
    url: str
    lines: tuple[Line, ...]
    gone: tuple[str, ...]
    data: tuple[str, ...]
    is_new_page: bool
    trouble: str
    success: bool
    failure: int
    milestones: tuple[bool, ...]
    is_unchanged: bool

    def looks(self, look: str) -> tuple[Line, ...]:
        """Return the lines of the block to look at, and of what stands in it."""
        return tuple(line for line in self.lines if look and look in (line.block, *line.within))

    def changes(self) -> tuple[str, ...]:
        """Return what the step changed in the site's data, a line for each; of many changes the first ones."""
        more = len(self.data) - _CHANGES
        lines = [resources.text("walk.data.change", change=one) for one in self.data[:_CHANGES]]
        return (*lines, resources.text("walk.data.more", count=more)) if more > 0 else tuple(lines)

    def told(self) -> tuple[Line, ...]:
        """Return what is worth telling of the page: what is new on it."""
        return tuple(line for line in self.lines if line.is_new)


def film(machine: Machine, walk: Walk, flow: Flow | None = None) -> tuple[Frame, ...]:
    """Return the pages of a walk, the one where it begins first.

    Args:
        machine: Runs the flow.
        walk: The walk.
        flow: The flow; without it variables are called by their names, which programs carry.

    Raises:
        DrawError: The flow has no such instance any more.
        ProgramError: The flow has no such task any more.
    """
    start = walk.start(machine)
    liner = Liner(machine, {} if flow is None else titles_of(flow))
    camera = _Camera(machine, start, Site.of(machine.program).dressed(walk.variant), liner)
    frames = [camera.frame(None, "", Step(start.state))]
    for event, step in zip(walk.events, walk.played(machine), strict=False):
        words = done(event, *called(frames[-1].view, event), machine.schema.locale)
        frames.append(camera.frame(event, words, step))
    return tuple(frames)


def end_words(frame: Frame) -> str:
    """Return how the task stands at the end of a walk."""
    if frame.success:
        return resources.text("walk.end.unchanged" if frame.is_unchanged else "walk.end.success")
    if frame.failure >= 0:
        return resources.text("walk.end.failure", number=frame.failure + 1)
    earned = sum(frame.milestones)
    return resources.text("walk.end.milestones", count=earned) if earned else resources.text("walk.end.open")


class _Camera:
    """Takes the pages of one walk, and knows how each was last seen."""

    def __init__(self, machine: Machine, start: Start, site: Site, liner: Liner) -> None:
        self._machine = machine
        self._start = start
        self._site = site
        self._seen: dict[str, tuple[Line, ...]] = {}
        self._liner = liner
        self._state = start.state
        # The site's own header and footer are nothing new to anybody.
        first = machine.view(start, start.state)
        self._last = tuple(_read((*first.header, *first.footer), site))

    def frame(self, event: Event | None, words: str, step: Step) -> Frame:
        """Take the page to which a step led."""
        state, before_it = step.state, self._state
        self._state = state
        view, verdict = self._machine.view(self._start, state), self._machine.verdict(self._start, state)
        now = lines_of(view, self._site)
        place = view.top.page
        before = self._seen.get(place)
        lines, gone = compared(self._last if before is None else before, now)
        self._seen[place] = self._last = now
        return Frame(
            event=event,
            words=words,
            view=view,
            title=self._site.said(view.top.title),
            url=self._site.url(view.path),
            lines=lines,
            gone=() if before is None else gone,
            data=tuple(changes_in(self._liner.lines(state, before_it))),
            is_new_page=before is None,
            trouble=step.error or step.fault or step.refused or verdict.fault,
            success=verdict.success and verdict.failure < 0,
            failure=verdict.failure,
            milestones=verdict.milestones,
            is_unchanged=self._machine.data_is_unchanged(self._start, state),
        )


def compared(before: Sequence[Line], now: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines with what is new among them marked, and the texts that are gone."""
    matcher = SequenceMatcher(None, [line.text for line in before], [line.text for line in now], autojunk=False)
    lines, gone = list(now), []
    for kind, first, last, there, to in matcher.get_opcodes():
        if kind != "equal":
            gone += [line.text for line in before[first:last]]
            lines[there:to] = [line._replace(is_new=True) for line in now[there:to]]
    return tuple(lines), tuple(gone)


def lines_of(view: View, site: Site) -> tuple[Line, ...]:
    """Return what can be read on a page, or on the dialog that stands over it, from top to bottom."""
    top = view.top
    notices = dict.fromkeys((*view.notices, *top.notices))
    above = [] if view.interruption is None else [view.interruption]
    parts = (*above, *(() if top is not view else view.header), *top.main, *(() if top is not view else view.footer))
    found = [*(Line("", site.said(text)) for _, text in notices), *_read(parts, site)]
    return tuple(line for line in found if line.text)


def _read(parts: Sequence[shown.Shown], site: Site, within: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the lines of some parts."""
    for part in parts:
        texts, inside = _said(part, site)
        yield from (Line(part.id, text, within=within) for text in texts)
        yield from _read(inside, site, (*within, part.id))


def _details(part: shown.Details, site: Site) -> list[str]:
    """Return what details say, line by line."""
    return [f"{site.said(term)}: {site.said(value)}" for term, value in part.items]


def _said(part: shown.Shown, site: Site) -> tuple[list[str], Sequence[shown.Shown]]:
    """Return what a part says itself, line by line, and the parts inside that speak for themselves."""
    match part:
        case shown.Field():
            return _field(part, site), part.buttons
        case shown.Button() | shown.Link():
            return [_control(part, site)], ()
        case shown.ListView():
            return _list(part, site), ()
        case shown.Details():
            return _details(part, site), ()
        case shown.Navigation():
            return [" · ".join(site.said(link.text) for link in part.links)], ()
        case shown.Pagination():
            return [f"{part.page} / {part.pages}"], ()
        case shown.Steps():
            return [_steps(part, site)], ()
        case _:
            said = (getattr(part, "title", ""), getattr(part, "text", ""))
            return list(map(site.said, filter(None, said))), part.inside()


def _field(part: shown.Field, site: Site) -> list[str]:
    """Return what a field says: its title with what it holds, and why that is not accepted."""
    labels = dict(
        (*part.options, *part.offered, *((place.key, place.label) for _, line in part.grid for place in line))
    )
    held = site.said(labels.get(part.text, part.text))
    if is_tickable(part):
        held = _TICKED if part.text else ""
    return [f"{site.said(part.title)}: {held}", site.said(part.error)]


def _steps(part: shown.Steps, site: Site) -> str:
    """Return where one stands in a sequence."""
    titles = (site.said(title) for title in part.titles)
    return " → ".join(_STATES["chosen"] * (at == part.current) + title for at, title in enumerate(titles, 1))


def _list(part: shown.ListView, site: Site) -> list[str]:
    """Return what a list says: its title, then a line for each row."""
    rows = [" · ".join([_cell(one, site) for one in (*row.cells, *row.controls)]) for row in part.rows]
    return [site.said(part.title), *(rows or [site.said(part.empty_text)])]


def _cell(cell: "str | shown.Button | shown.Link", site: Site) -> str:
    """Return what a cell or a control of a row says."""
    return site.said(cell) if isinstance(cell, str) else _control(cell, site)


def _control(part: "shown.Button | shown.Link", site: Site) -> str:
    """Return what a button or link says, in brackets, with its state; those of what cannot be used are round."""
    text, state = site.said(part.text), _STATES.get(getattr(part, "state", ""), "")
    return (f"[{text}]" if getattr(part, "enabled", True) else f"({text})") + state
