"""What the palette offers: all kinds in their groups, or those that fit what is typed, the best first."""

from rapidfuzz import fuzz, process, utils

import resources
from app.words.elements import block_word
from app.words.palette import PALETTE

LEAST_SCORE = 70
"""How well a word has to fit, of 100; small slips pass."""


def offered(typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return groups of kinds, each with its heading; those that fit what is typed make one group."""
    if not typed.strip():
        return tuple((resources.text(f"shell.palette.group.{name}"), tuple(group)) for name, group in PALETTE.items())
    found = _fitting(typed)
    return ((resources.text("shell.palette.found"), found),) if found else ()


def _fitting(typed: str) -> tuple[str, ...]:
    """Return the kinds that are called so, then those that are also called so elsewhere."""
    wanted = utils.default_process(typed)
    scores: dict[str, float] = {}
    for group in PALETTE.values():
        for kind in group:
            others = resources.text(f"shell.block_also.{kind}").split(", ")
            score = max(_score(wanted, block_word(kind)), *(_score(wanted, other) - 20 for other in others))
            if score > 0:
                scores[kind] = score
    return tuple(sorted(scores, key=lambda kind: -scores[kind]))


def _score(wanted: str, name: str) -> float:
    """Return how well a name fits: by its beginning, by the beginning of a word, in the middle, or with slips."""
    name = utils.default_process(name)
    words = name.split()
    if name == wanted:
        return 200
    if name.startswith(wanted):
        return 180
    if any(word.startswith(wanted) for word in words):
        return 160
    if len(wanted) > 2 and wanted in name:
        return 140
    slip = process.extractOne(wanted, [name, *words], scorer=fuzz.ratio, score_cutoff=LEAST_SCORE)
    return slip[1] if slip is not None and len(wanted) > 2 else 0
