"""Reads texts with BrowserGym's own parser; started in BrowserGym's environment, where nothing of ours is needed.

Usage: parsing.py TEXTS.json ANSWERS.json; a text's answer is the `repr` of its calls, or `error`.
"""

import json
import sys
import warnings
from pathlib import Path

from browsergym.core.action.highlevel import HighLevelActionSet
from browsergym.core.action.parsers import NamedArgument, highlevel_action_parser

SUBSETS = ["bid", "chat", "nav", "tab", "infeas"]
OURS = {"check", "uncheck"}
"""Actions of ours that BrowserGym has and leaves out of its sets."""


def answer(text: str) -> str:
    """Return what BrowserGym finds in a text."""
    try:
        found = highlevel_action_parser.search_string(text).as_list()
    except Exception:  # noqa: BLE001 - whatever its parser raises, BrowserGym's environment tells the agent
        return "error"
    return repr([split(name, arguments) for match in found for name, arguments in match])


def split(name: str, arguments: list[object]) -> tuple[str, tuple[object, ...], tuple[tuple[str, object], ...]]:
    """Return a call with the arguments without and with names apart."""
    named = tuple((one.name, one.value) for one in arguments if isinstance(one, NamedArgument))
    return name, tuple(one for one in arguments if not isinstance(one, NamedArgument)), named


def is_done(text: str, actions: HighLevelActionSet) -> bool:
    """Say whether BrowserGym makes code of a text that Python compiles and calls."""
    try:
        code = actions.to_python_code(text)[len(actions.python_includes) :]
        exec(compile(code, "action", "exec"), DOERS)  # the arguments are literals and the functions do nothing
    except Exception:  # noqa: BLE001 - as above
        return False
    return True


DOERS: dict[str, object] = {}


def learn(actions: HighLevelActionSet) -> None:
    """Make functions of BrowserGym's signatures that do nothing."""
    for action in actions.action_set.values():
        exec(f"import typing\nfrom typing import Literal\ndef {action.signature}: pass", DOERS)


def main(texts: str, answers: str) -> None:
    """Answer all texts."""
    warnings.simplefilter("ignore")
    one, several = (HighLevelActionSet(SUBSETS, multiaction=multi) for multi in (False, True))
    learn(several)
    asked = json.loads(Path(texts).read_text(encoding="utf-8"))
    told = [[answer(text), is_done(text, one), is_done(text, several)] for text in asked]
    Path(answers).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
