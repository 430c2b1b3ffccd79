"""What `tasks.json` says: the proven instances of a package, read and written here and nowhere else.

    {"format": 2, "canary": "...", "program": HASH, "tasks": {NAME: {"variants": {"played": 305, "longest": 9},
        "interfaces": {"symbolic": {"played": 60, "done": 60}}, "difficulty": {"level": "medium", "points": 14.0, ...},
        "instances": [{"n": 0, "split": "train", "seed": 17, "infeasible": false, "steps": 6},
                      {"n": 250, "split": "test", "sealed": "5f0c..."}]}}}

`interfaces` says how many solutions were played in interfaces that may lack an action, and how many came through.

No goal, parameter, row, answer or solution is here: they are drawn at reset. What is known of a test instance is
sealed, so that whoever searches or crawls files does not meet it. That is no secret: the key follows from the program.
"""

import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from ..machine.base.program import Program

FORMAT: Final = 2

SEALED: Final = "test"
"""The split whose instances are sealed."""

_RECORD: Final = struct.Struct(">Q?I")
_TAG_BYTES: Final = 8


class BundleError(Exception):
    """A package cannot be read, or is asked for something that it does not have; the message is for people."""


class Instance(NamedTuple):
    """One proven instance: its number within the task, the seed that draws it, and what is known of it.

    `steps` is the length of a shortest solution, 0 for an infeasible instance.
    """

    task: str
    n: int
    seed: int
    split: str
    infeasible: bool = False
    steps: int = 0


class Played(NamedTuple):
    """How many solutions of a task were played in an interface, and how many of them did the task."""

    interface: str
    task: str
    of: int
    done: int

    @property
    def is_short(self) -> bool:
        """Whether not every solution could be played."""
        return self.done < self.of


class Difficulty(NamedTuple):
    """How difficult a task is before anybody has tried it: medians over solutions of training instances.

    Attributes:
        level: What such a task is called.
        points: How much has to be got right, in choices between two things; by this tasks are ordered.
        steps: The length of a shortest solution.
        choices: Things to choose from at a step.
        pages: Pages that are seen.
        told: Values that the goal tells and that are needed.
        remembered: Values that were read on one page and are needed on another.
        guards: Conditions that have to hold.
        distractors: Rows and options beside the right ones.
        cheap: The largest share of success of a policy that understands nothing.
    """

    level: str
    points: float
    steps: float
    choices: float
    pages: float
    told: float
    remembered: float
    guards: float
    distractors: float
    cheap: float


class Listed(NamedTuple):
    """What `tasks.json` lists: instances, what could be played in which interface, how difficult each task is."""

    instances: tuple[Instance, ...]
    played: tuple[Played, ...]
    difficulties: Mapping[str, Difficulty]


def written(
    program: Program,
    instances: Iterable[Instance],
    variants: Mapping[str, Mapping[str, int]],
    canary: str,
    played: Sequence[Played] = (),
    difficulties: Mapping[str, Difficulty] | None = None,
) -> dict[str, Any]:
    """Return what `tasks.json` holds.

    Args:
        program: The compiled flow.
        instances: Its instances.
        variants: By task, in how many variants it was `played`, and the steps of the `longest`.
        canary: The words by which the file is found where it should not be.
        played: How many solutions could be played in other interfaces than the text.
        difficulties: By task how difficult it is, as far as that is known.
    """
    return {
        "format": FORMAT,
        "canary": canary,
        "program": program.hash,
        "tasks": {
            task: {
                "variants": dict(variants.get(task, {})),
                "interfaces": {
                    one.interface: {"played": one.of, "done": one.done} for one in played if one.task == task
                },
                "difficulty": difficulties[task]._asdict() if difficulties and task in difficulties else None,
                "instances": [_entry(program, one) for one in listed],
            }
            for task, listed in by_task(instances).items()
        },
    }


def read(program: Program, text: str) -> Listed:
    """Return what the text of a `tasks.json` lists.

    Raises:
        BundleError: They were proven for another program, or the file has another format or is damaged.
    """
    try:
        listed = json.loads(text)
        known, made_for, tasks = listed["format"], listed["program"], listed["tasks"].items()
        if known == FORMAT and made_for == program.hash:
            instances = tuple(_instance(program, task, entry) for task, one in tasks for entry in one["instances"])
            played = tuple(played for task, one in tasks for played in _played(task, one["interfaces"]))
            told = {task: Difficulty(**one["difficulty"]) for task, one in tasks if one.get("difficulty")}
            return Listed(instances, played, told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BundleError(f"tasks.json is damaged ({error}); install the package again") from None
    if known != FORMAT:
        raise BundleError(f"this runtime reads a tasks.json of format {FORMAT}, not {known!r}; export the flow again")
    raise BundleError("tasks.json was made for another program.json; export the flow again")


def by_task(instances: Iterable[Instance]) -> dict[str, tuple[Instance, ...]]:
    """Return instances by their task, in their order."""
    found: dict[str, list[Instance]] = {}
    for instance in instances:
        found.setdefault(instance.task, []).append(instance)
    return {task: tuple(listed) for task, listed in found.items()}


def of_split(instances: Sequence[Instance], split: str) -> tuple[Instance, ...]:
    """Return the instances that belong to a split."""
    return tuple(instance for instance in instances if instance.split == split)


def _played(task: str, interfaces: Mapping[str, Mapping[str, int]]) -> list[Played]:
    """Return what could be played of a task as the file lists it."""
    return [Played(name, task, one["played"], one["done"]) for name, one in interfaces.items()]


def _entry(program: Program, instance: Instance) -> dict[str, Any]:
    """Return one instance as the file lists it."""
    entry: dict[str, Any] = {"n": instance.n, "split": instance.split}
    if instance.split == SEALED:
        return {**entry, "sealed": _sealed(program, instance)}
    return {**entry, "seed": instance.seed, "infeasible": instance.infeasible, "steps": instance.steps}


def _instance(program: Program, task: str, entry: Mapping[str, Any]) -> Instance:
    """Return an instance as the file lists it."""
    n, split = int(entry["n"]), str(entry["split"])
    if split == SEALED:
        seed, infeasible, steps = _opened(program, task, n, entry["sealed"])
        return Instance(task, n, seed, split, infeasible, steps)
    return Instance(task, n, entry["seed"], split, entry["infeasible"], entry["steps"])


def _sealed(program: Program, instance: Instance) -> str:
    """Return what is known of an instance, with a tag, as hexadecimal digits; the same each time."""
    record = _RECORD.pack(instance.seed, instance.infeasible, instance.steps)
    key = _key(program, instance.task, instance.n)
    return (_masked(record, key) + _tag(record, key)).hex()


def _opened(program: Program, task: str, n: int, sealed: str) -> tuple[int, bool, int]:
    """Return seed, infeasibility and steps from a sealed record.

    Raises:
        ValueError: It is not the record of this instance.
    """
    data, key = bytes.fromhex(sealed), _key(program, task, n)
    record = _masked(data[: _RECORD.size], key)
    if data[_RECORD.size :] != _tag(record, key):
        raise ValueError(f"the record of {task} {n} does not fit")
    seed, infeasible, steps = _RECORD.unpack(record)
    return seed, infeasible, steps


def _key(program: Program, task: str, n: int) -> bytes:
    """Return what seals one instance: another program, task or number has another key."""
    return blake2b(f"{program.hash}\0{task}\0{n}".encode(), digest_size=32, person=b"sealed instance").digest()


def _masked(data: bytes, key: bytes) -> bytes:
    """Return bytes combined with as many of the key's stream; done twice it gives them back."""
    stream = blake2b(b"stream", digest_size=len(data), key=key).digest()
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))


def _tag(record: bytes, key: bytes) -> bytes:
    """Return by what a record is known to be whole and at its place."""
    return blake2b(record, digest_size=_TAG_BYTES, key=key).digest()
