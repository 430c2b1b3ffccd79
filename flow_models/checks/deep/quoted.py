"""Does it matter whether somebody writes the words that a goal puts in quotes?

Words that the site shows may only say what is meant; what stands nowhere else is to be put somewhere.
"""

import json
import re
from collections.abc import Iterator
from typing import Final

from flow_models.checks.deep.wordings import Wordings
from flow_models.checks.problem import Problem
from flow_models.checks.trial import Trial
from flow_models.solver.walk import walk_in

_PAIRS: Final = ("“”", '""', "„“", "„”", "«»", "\u2018\u2019")

_QUOTED: Final = re.compile("|".join(f"{pair[0]}([^{pair}]+){pair[1]}" for pair in _PAIRS))
"""Words in quotes, in any of the pairs in use."""


def problems(trial: Trial) -> Iterator[Problem]:
    """Yield each text that every wording quotes, that no rule and no page knows, and that a solution does not write."""
    if trial.task.answer.strip() or not trial.solutions:
        return
    wordings = [
        " ".join(part if isinstance(part, str) else "\0" for part in one) for one in Wordings(trial).rules.wordings
    ]
    for text in _in_all(wordings):
        start, solution = trial.solutions[0]
        written = (event.value for _, one in trial.solutions for event in one.events)
        if not _is_known(trial, text) and text.casefold() not in map(str.casefold, written):
            walk = walk_in(start, solution.events)
            yield trial.problem("quoted_unjudged", "warning", "success", walk=walk, goal=start.goal, text=text)


def _in_all(wordings: list[str]) -> list[str]:
    """Return the fixed texts that stand in quotes in all wordings."""
    quoted = [
        {next(filter(None, found.groups())).strip() for found in _QUOTED.finditer(wording)} for wording in wordings
    ]
    shared = set.intersection(*quoted) if quoted else set[str]()
    return sorted(text for text in shared if text and "\0" not in text)


def _is_known(trial: Trial, text: str) -> bool:
    """Say whether a rule, a page, a choice or a fixed row says a text; that one may be drawn like it is chance."""
    program = trial.machine.program.json
    task = {name: value for name, value in program["tasks"][trial.task.name].items() if name != "wordings"}
    tables = [
        {name: value for name, value in table.items() if name != "generate"} for table in program["tables"].values()
    ]
    said = json.dumps({**program, "tasks": task, "tables": tables}, ensure_ascii=False).casefold()
    known = re.escape(json.dumps(text, ensure_ascii=False)[1:-1].casefold())
    return re.search(rf"(?<!\w){known}(?!\w)", said) is not None
