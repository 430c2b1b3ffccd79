"""What sites say besides their pages: interruptions, conduct, and the sentences about what was filled in wrongly.

These texts fit any site and name no task. When interruptions and conduct come is the machine's business; the buttons'
parts are its names for what a visitor chose.
"""

import functools
import json

import resources
from flow_models.compiler.formulas import Json
from flow_models.compiler.thesaurus import Entry

_TEXTS = ("title", "text")


def interruptions() -> dict[str, Json]:
    """Return the interruptions of a program by name: title, text, whether it is modal, and buttons with their parts."""
    return {
        name: {**_as_first_said(one), "is_modal": one["is_modal"]} for name, one in _read()["interruptions"].items()
    }


def conduct() -> dict[str, Json]:
    """Return what a program's site says by kind of conduct: title, text, and buttons with their parts."""
    return {name: _as_first_said(one) for name, one in _read()["conduct"].items()}


def sentences() -> dict[str, str]:
    """Return the sentences of a site about fields that were filled in wrongly, by name."""
    return dict(_read()["sentences"])


def ways() -> tuple[Entry, ...]:
    """Return for each text of interruptions and conduct the other ways to say it, of which the last is held out."""
    parts = [*_read()["interruptions"].values(), *_read()["conduct"].values()]
    told = [one[name] for one in parts for name in _TEXTS]
    told += [button["text"] for one in parts for button in one["buttons"]]
    return tuple(Entry(first, tuple(others[:-1]), tuple(others[-1:])) for first, *others in told)


@functools.cache
def _read() -> Json:
    """Return the file's content; nobody may change it."""
    content: Json = json.loads(resources.path("wordings", "site", "en.json").read_text(encoding="utf-8"))
    return content


def _as_first_said(part: Json) -> Json:
    """Return an interruption or conduct with the first of the ways to say each of its texts."""
    buttons = [{"part": button["part"], "text": button["text"][0]} for button in part["buttons"]]
    return {**{name: part[name][0] for name in _TEXTS}, "buttons": buttons}
