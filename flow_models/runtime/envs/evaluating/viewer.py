"""The part of a report in which one steps through episodes: its frame, and the episodes as compressed JSON."""

import base64
import gzip
import json
import re
from collections.abc import Sequence
from typing import Any, Final

from ...machine.base.results import REWARD_PARTS
from ...site.web import style_sheet
from .plan import titled
from .replaying import Film, Projector
from .results import values_of
from .running import Record

Json = dict[str, Any]

_LOADED: Final = re.compile(r'<link rel="stylesheet"[^>]*>|<script[^>]*></script>')
"""What a page asks a server for; a report has none."""

_FILTERS: Final = (("split", "All splits"), ("task", "All tasks"), ("arm", "All arms"), ("end", "All ends"))


class _Pool:
    """Texts, each of them once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        """Return where a text is."""
        if text not in self._places:
            self._places[text] = len(self.texts)
            self.texts.append(text)
        return self._places[text]


class _Packing:
    """The episodes of a viewer while they are gathered."""

    def __init__(self, projector: Projector) -> None:
        self._projector = projector
        self.pages, self.htmls, self.styles = _Pool(), _Pool(), _Pool()
        self.solutions: list[Json] = []
        self._known: dict[tuple[str, int], int] = {}

    def episode(self, record: Record) -> Json:
        """Return an episode as the viewer wants it."""
        film = self._projector.film(record)
        return {
            **{name: record[name] for name in ("task", "instance", "split", "goal", "total")},
            "arm": titled(record["arm"]),
            "end": "policy_error" if record["policy_error"] else record["end_reason"] or "nothing",
            "error": record["policy_error"],
            "variant": ", ".join(f"{titled(aspect)}: {value}" for aspect, value in values_of(record["variant"])),
            "frames": self._frames(film),
            "changed": film.changed,
            "solution": self._solution(record),
        }

    def _frames(self, film: Film) -> list[Json]:
        """Return the frames of an episode."""
        found = []
        for one in film.frames:
            html = _LOADED.sub("", one.html)
            frame: Json = {
                "page": self.pages.place(one.page),
                "html": self.htmls.place(html),
                "style": self.styles.place(one.style),
            }
            if one.outcome is not None:
                outcome = {"reward": one.outcome.reward, "parts": one.outcome.parts, "error": one.outcome.error}
                frame |= {"action": one.action, "element": one.element, "said": one.said, "changed": one.changed}
                frame |= outcome
            found.append(frame)
        return found

    def _solution(self, record: Record) -> int:
        """Return where the solution of an episode's instance is, -1 if it is not known."""
        key = (record["task"], record["instance"])
        if key not in self._known:
            film = self._projector.solution(record)
            self._known[key] = -1 if film is None else len(self.solutions)
            if film is not None:
                steps = [f"{one.action}  {one.element}".strip() for one in film.frames if one.outcome is not None]
                self.solutions.append({"steps": steps, "changed": film.changed})
        return self._known[key]


def packed(projector: Projector, records: Sequence[Record]) -> str:
    """Return episodes as the viewer reads them: JSON, compressed, in letters; the same each time."""
    packing = _Packing(projector)
    episodes = [packing.episode(record) for record in records]
    data = {
        "parts": REWARD_PARTS,
        "sheet": style_sheet(),
        "styles": packing.styles.texts,
        "pages": packing.pages.texts,
        "htmls": packing.htmls.texts,
        "solutions": packing.solutions,
        "episodes": episodes,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), mtime=0)).decode()


def viewer(total: int, episodes: str) -> str:
    """Return the viewer.

    Args:
        total: How many episodes the run has.
        episodes: Those to step through, as `packed` gives them.
    """
    filters = "".join(
        f'<select id="{name}" aria-label="{words}"><option value="">{words}</option></select>'
        for name, words in _FILTERS
    )
    return (
        f'<section><h2>Episodes</h2><p class="quiet">Of {total} episodes those below can be stepped through: '
        "arrow keys go from step to step.</p>"
        f'<div id="viewer"><div><div class="filters">{filters}</div><p class="quiet" id="count"></p>'
        '<ul id="list"></ul></div><div><p class="goal" id="goal"></p><p class="quiet" id="variant"></p>'
        '<div class="bar"><button id="back">← Back</button><button id="on">Next →</button>'
        '<span class="at">step <span id="at"></span></span><span class="tabs"><button id="text">As text</button>'
        '<button id="site">As a page</button></span></div>'
        '<div class="steps"><div id="page"></div><div class="side" id="side"></div></div>'
        '<div class="against side" id="against"></div></div></div></section>'
        f'<script type="application/octet-stream" id="episodes">{episodes}</script>'
    )
