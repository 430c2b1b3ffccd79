"""Looks through the files of a package for what only its tests should ask: goals, parameters, answers, solutions.

A package promises that nobody meets these by searching its files. What training or validation asks too is no secret.
Texts are compared by their words, so that neither punctuation, case nor the way of quoting hides one. The runtime is
not looked through: it is the same in every package.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ..machine.base.values import to_json
from .bundle import Bundle
from .listing import SEALED, Instance
from .solutions import DEMONSTRATIONS, SITE_WALKS

ANSWER_LEAST: Final = 6
"""Characters of an answer from which on it is looked for: shorter ones stand everywhere."""

SITE: Final = "program.json"
"""Holds the site's own data, as every instance begins with it: values stand there, but nothing of an instance."""
LISTED: Final = "tasks.json"
WALKED: Final = (DEMONSTRATIONS, SITE_WALKS)


class Leak(NamedTuple):
    """One thing that a file gives away.

    Attributes:
        kind: `goal`, `parameters`, `answer` or `record`.
        file: The path of the file.
        task: The task of the test instance, and `instance` its number.
        words: What stands there.
    """

    kind: str
    file: str
    task: str
    instance: int
    words: str


@dataclass(slots=True)
class _Told:
    """What instances ask: goals and answers by their words, parameters by names and values."""

    goals: dict[str, Instance] = field(default_factory=dict)
    answers: dict[str, Instance] = field(default_factory=dict)
    parameters: dict[tuple[str, ...], dict[tuple[str, ...], Instance]] = field(default_factory=dict)

    def take(self, bundle: Bundle, instance: Instance) -> None:
        """Add what one instance asks."""
        start = bundle.start(instance)
        for goal in start.goals or (start.goal,):
            self.goals.setdefault(_words(goal), instance)
        answer = bundle.machine.expected_answer(start, start.state)
        if len(answer) >= ANSWER_LEAST:
            self.answers.setdefault(_words(answer), instance)
        if len(start.parameters) > 1:
            values = tuple(_canonical(to_json(value)) for value in start.parameters.values())
            self.parameters.setdefault(tuple(start.parameters), {}).setdefault(values, instance)

    def without(self, other: "_Told") -> "_Told":
        """Return what others do not ask too."""
        return _Told(
            goals={words: one for words, one in self.goals.items() if words not in other.goals},
            answers={words: one for words, one in self.answers.items() if words not in other.answers},
            parameters={
                names: {key: one for key, one in those.items() if key not in other.parameters.get(names, {})}
                for names, those in self.parameters.items()
            },
        )


def leaks(bundle: Bundle, files: Mapping[str, str]) -> Iterator[Leak]:
    """Yield what files of a package give away, by file.

    Args:
        bundle: The program with its instances.
        files: The texts of the files by path.
    """
    secret, known = _Told(), _Told()
    for task in bundle.task_names:
        for instance in bundle.instances[task]:
            (secret if instance.split == SEALED else known).take(bundle, instance)
    secret = secret.without(known)
    for path, text in files.items():
        values = list(_values(path, text))
        yield from _said(secret, path, values)
        if not path.endswith(SITE):
            yield from _together(secret, path, values)
        yield from _recorded(bundle, path, values)


def _said(secret: _Told, path: str, values: Sequence[Any]) -> Iterator[Leak]:
    """Yield the goals that stand in a file, and the answers in the one that lists instances.

    Elsewhere an answer is a word like any other: the site shows it, and training may type it.
    """
    said = "\n".join(f" {_words(text)} " for value in values for text in _texts(value))
    kinds = {"goal": secret.goals}
    if path.endswith(LISTED):
        kinds["answer"] = secret.answers
    for kind, those in kinds.items():
        for words, instance in those.items():
            if f" {words} " in said:
                yield Leak(kind, path, instance.task, instance.n, words)


def _together(secret: _Told, path: str, values: Sequence[Any]) -> Iterator[Leak]:
    """Yield the sets of parameters that stand together, by name or as a list."""
    for mapping in (one for value in values for one in _containers(value)):
        for names, those in secret.parameters.items():
            if isinstance(mapping, list):
                found = tuple(map(_canonical, mapping)) if len(mapping) == len(names) else ()
            else:
                found = tuple(_canonical(mapping[name]) for name in names if name in mapping)
            if found in those:
                yield Leak("parameters", path, those[found].task, those[found].n, ", ".join(found))


def _recorded(bundle: Bundle, path: str, values: Sequence[Any]) -> Iterator[Leak]:
    """Yield the test instances of which a file says more than number, split and sealed record."""
    if path.endswith(LISTED):
        for task, listed in values[0]["tasks"].items():
            for entry in listed["instances"]:
                if entry["split"] == SEALED and entry.keys() != {"n", "split", "sealed"}:
                    yield Leak("record", path, task, entry["n"], ", ".join(entry))
    if path.endswith(WALKED):
        tests = {(one.task, one.n) for those in bundle.instances.values() for one in those if one.split == SEALED}
        for record in values:
            if (record["task"], record["instance"]) in tests:
                yield Leak("record", path, record["task"], record["instance"], ", ".join(record))


def _values(path: str, text: str) -> Iterator[Any]:
    """Yield what a file holds: JSON as values, anything else as one text."""
    if path.endswith(".jsonl"):
        yield from map(json.loads, text.splitlines())
    else:
        yield json.loads(text) if path.endswith(".json") else text


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _containers(value: Any) -> Iterator[Any]:
    """Yield every mapping and list in a value."""
    if isinstance(value, dict | list):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from _containers(one)


def _words(text: str) -> str:
    """Return the words of a text, in small letters with a space between."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _canonical(value: Any) -> str:
    """Return a value as one text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
